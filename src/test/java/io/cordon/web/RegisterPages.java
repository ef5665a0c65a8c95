package io.cordon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.sandbox.LocalCordon;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two administrators change the register, and the approver of a case sees what it says. */
abstract class RegisterPages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MACHINE = "fhir-prod-01";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private final LocalCordon local;
  private final Browser browser;

  RegisterPages(LocalCordon local, Browser browser) {
    this.local = local;
    this.browser = browser;
  }

  @Test
  void takesTwoAdministratorsToChangeASafetyField() throws Exception {
    propose("neverIsolate: true", "consolePath: iDRAC in rack 7", "ownerGroup: Imaging IT");
    Visitor proposer = new Visitor(browser.desk(), local).opens("/register", "adm.one");
    proposer.says("You proposed this change; another administrator decides");
    assertEquals(0, proposer.page.getByText("Put in force").count());
    Visitor second = new Visitor(browser.phone(), local).opens("/register", "adm.two");
    second.says("Imaging IT");
    second.isAccessible();
    second.press("Put in force");
    second.says("The change is in force");
    second.says("iDRAC in rack 7");
    second.isAccessible();
    second.picture("register-phone");

    String caseId = local.alert(MACHINE);
    Visitor analyst = new Visitor(browser.desk(), local).opens("/cases/" + caseId, "soc.one");
    analyst.waitsFor("Identity proved by");
    analyst.waitsFor("Never isolate");
    analyst.says("device id in the Arc tag");
    analyst.isAccessible();
    assertEquals(List.of(), browser.complaints);
  }

  @Test
  void takesTwoAdministratorsToChangeThePolicy() throws Exception {
    String minutes = "<outputEntry id=\"rule_3_answerMinutes\">\n          <text>";
    Path changed = Files.createTempFile(Path.of("target"), "gate-policy", ".dmn");
    Files.writeString(changed, Files.readString(Path.of("bpmn/gate-policy.dmn")).replace(minutes + "15", minutes + "20"));
    Visitor proposer = new Visitor(browser.desk(), local).opens("/policy", "adm.one");
    proposer.isAccessible();
    proposer.page.setInputFiles("#table", changed);
    proposer.press("Propose the change");
    proposer.says("Weaker than the table in force in 1 places");
    proposer.says("is weaker in answerMinutes than row 3");
    proposer.says("You proposed this table; another administrator decides");
    proposer.isAccessible();
    assertEquals(0, proposer.page.getByText("Put in force").count());
    proposer.page.setInputFiles("#table", Path.of("README.md"));
    proposer.press("Propose the change");
    proposer.says("it is not a table as Cordon ships it");

    Visitor second = new Visitor(browser.phone(), local).opens("/policy", "adm.two");
    second.isAccessible();
    second.picture("policy-phone");
    second.press("Put in force");
    second.says("The table decides from now on");
    second.says("No change waits");
    second.isAccessible();
    second.open("/rules");
    second.says("There is no standing rule");
    second.isAccessible();
    assertEquals(List.of(), browser.complaints);
  }

  private void propose(String... fields) throws Exception {
    String token = call("POST", local.cloudPages() + "/_sandbox/token", "", "application/json", JSON.writeValueAsString(Map.of("person", "adm.one"))).path("access_token").asText();
    String file = "register:\n  - arcId: " + local.arcId(MACHINE) + "\n    " + String.join("\n    ", fields) + "\n";
    assertEquals(2, call("POST", local.url() + "/api/register/changes", token, "application/yaml", file).path("waiting").size());
  }

  private static JsonNode call(String method, String url, String token, String type, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token).header("Content-Type", type.isEmpty() ? "text/plain" : type)
            .method(method, HttpRequest.BodyPublishers.ofString(body)).build();
    return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
