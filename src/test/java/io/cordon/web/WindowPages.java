package io.cordon.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.sandbox.LocalCordon;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Windows from the calendar, what the clinical feed says, and the question right before acting, on a phone. */
abstract class WindowPages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MACHINE = "bulk-00081";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private final LocalCordon local;
  private final Browser browser;

  WindowPages(LocalCordon local, Browser browser) {
    this.local = local;
    this.browser = browser;
  }

  @Test
  void offersWindowsAndAsksOnceMoreWhenItGotWorse() throws Exception {
    control("calendar", Map.of("inMinutes", -30, "minutes", 120, "categories", List.of("Maintenance", "PACS")));
    control("calendar", Map.of("inMinutes", 600, "minutes", 120, "categories", List.of("Maintenance")));
    control("calendar", Map.of("inMinutes", 2000, "minutes", 600, "categories", List.of("Blackout")));
    control("calendar", Map.of("inMinutes", 60, "minutes", 120, "categories", List.of("Staff meeting")));
    registerThePlaces();
    String caseId = local.alert(MACHINE);

    Visitor clinician = new Visitor(browser.phone(), local).opens("/cases/" + caseId, "clin.pacs");
    clinician.waitsFor("Asked: Clinical approver");
    clinician.follow("Asked: Clinical approver");
    clinician.waitsFor("Nobody counted");
    clinician.waitsFor("Now, until");
    clinician.says("That is no proof that it is safe");
    clinician.says("Blackouts of the next seven days");
    clinician.isAccessible();
    clinician.choose("Yes");
    clinician.choose("No procedure is running");
    var windows = clinician.page.locator("[name=windowChoice]");
    assertThat(windows).hasCount(4);
    clinician.page.getByLabel("Now, until").check();
    assertThat(clinician.page.getByLabel("How many minutes")).isHidden();
    clinician.picture("approval-windows-phone");
    clinician.page.getByLabel("In how many hours").fill("4");
    clinician.page.getByLabel("Reason").selectOption("NO_PATIENT_IMPACT");

    control("fhir", Map.of("location", "mr-1", "encounters", 2));
    clinician.sendsTheAnswer();
    clinician.says("Approved.");
    clinician.waitsFor("Go on although it is worse?");
    clinician.says("Somebody is being treated");
    clinician.isAccessible();
    clinician.picture("approval-again-phone");
    Visitor analyst = new Visitor(browser.desk(), local).opens(URI.create(clinician.page.url()).getPath(), "soc.one");
    analyst.says("The machine is not touched until it does");
    assertEquals(0, analyst.page.locator("main button").count());
    clinician.choose("Go on: we have started the downtime procedure");
    clinician.press("Send the answer");
    clinician.says("Go on. The machine is isolated now");
    clinician.waitsFor("Isolated from the network");

    assertEquals(List.of(), browser.complaints);
    assertEquals(List.of(), wordsThatLeft());
  }

  /** What the calendar and the feed were asked, as far as it is more than times, categories and numbers. */
  private List<String> wordsThatLeft() throws Exception {
    JsonNode asked = call("GET", local.cloudPages() + "/_sandbox/requests?service=fhir", "", "text/plain", "");
    return asked.findValuesAsText("body").stream().filter(body -> !body.endsWith("_summary=count")).toList();
  }

  private void registerThePlaces() throws Exception {
    String change = call("POST", local.url() + "/api/register/changes", token("adm.one"), "application/yaml", "register:\n  - arcId: " + local.arcId(MACHINE) + "\n    fhirLocations: mr-1\n").path("id").asText();
    call("POST", local.url() + "/api/register/changes/" + change + "/approval", token("adm.two"), "application/json", "");
  }

  private String token(String person) throws Exception {
    return call("POST", local.cloudPages() + "/_sandbox/token", "", "application/json", JSON.writeValueAsString(Map.of("person", person))).path("access_token").asText();
  }

  private void control(String what, Map<String, Object> body) throws Exception {
    call("POST", local.cloudPages() + "/_sandbox/" + what, "", "application/json", JSON.writeValueAsString(body));
  }

  private static JsonNode call(String method, String url, String token, String type, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token).header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body)).build();
    return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
