package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MdeReadsTest {
  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void findsTheTwinTwiceByName() throws Exception {
    assertThat(machines("computerDnsName eq 'twin-01.hosp.example'").findValuesAsText("id")).hasSize(2).doesNotHaveDuplicates();
    assertThat(machines("startswith(computerDnsName,'twin-01')").size()).isEqualTo(2);
    assertThat(get("/api/machines/twin-01.hosp.example").status()).isEqualTo(404);
    assertThat(get("/api/machines/pacs-gw-01.hosp.example").status()).isEqualTo(200);
  }

  @Test
  void findsOneMachineById() throws Exception {
    String id = new Devices().named("bulk-00007").orElseThrow().mdeId;
    assertThat(machines("id eq '" + id + "'").at("/0/computerDnsName").asText()).isEqualTo("bulk-00007.hosp.example");
    assertThat(machines("id eq '" + "0".repeat(40) + "'")).isEmpty();
  }

  @Test
  void hidesAMergedRecordFromListsButAnswersToItsId() throws Exception {
    assertThat(machines("startswith(computerDnsName,'merged-01')").findValuesAsText("id")).containsExactly(sandbox.device("merged-01").mdeId);
    String old = new Devices().all().stream().filter(device -> !device.mergedInto.isEmpty()).findFirst().orElseThrow().mdeId;
    assertThat(get("/api/machines/" + old).body().path("mergedIntoMachineId").asText()).isEqualTo(sandbox.device("merged-01").mdeId);
  }

  @Test
  void doesNotKnowTheAixMachine() throws Exception {
    assertThat(machines("startswith(computerDnsName,'lis-aix')")).isEmpty();
  }

  @Test
  void refusesAMalformedFilterInsteadOfDroppingTheConnection() throws Exception {
    assertThat(filtered("/api/machines", "lastSeen ge noon").code()).isEqualTo("ODataError");
    assertThat(filtered("/api/machineactions", "creationDateTimeUtc ge 2026-99-01T00:00:00Z").code()).isEqualTo("ODataError");
    assertThat(filtered("/api/machineactions", "requestorComment eq 'x'").code()).isEqualTo("ODataError");
    assertThat(get("/api/machineactions?$top=10001").code()).isEqualTo("ODataError");
  }

  @Test
  void listsActionsTheNewestFirstAndByPage() throws Exception {
    isolate("pacs-gw-01");
    sandbox.pass(Duration.ofSeconds(1));
    isolate("ehr-db-01");
    assertThat(get("/api/machineactions").body().path("value").findValuesAsText("computerDnsName"))
        .containsExactly("ehr-db-01.hosp.example", "pacs-gw-01.hosp.example");
    assertThat(get("/api/machineactions?$top=1&$skip=1").body().at("/value/0/computerDnsName").asText()).isEqualTo("pacs-gw-01.hosp.example");
    String machine = sandbox.device("pacs-gw-01").mdeId;
    assertThat(filtered("/api/machineactions", "machineId eq '" + machine + "' and type eq 'Isolate' and status eq 'Pending'").body().path("value").size()).isEqualTo(1);
  }

  @Test
  void refusesTheCallsItDoesNotKnow() throws Exception {
    assertThat(get("/api/machines/findbyip(ip='10.0.0.1',timestamp=2026-01-01T00:00:00Z)").status()).isEqualTo(400);
  }

  private void isolate(String name) throws IOException {
    sandbox.send("POST", token(), "/api/machines/" + sandbox.device(name).mdeId + "/isolate", "{\"Comment\":\"cordon:x\",\"IsolationType\":\"Full\"}");
  }

  private JsonNode machines(String filter) throws IOException {
    return filtered("/api/machines", filter).body().path("value");
  }

  private RunningSandbox.Got filtered(String path, String filter) throws IOException {
    return get(path + "?$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
  }

  private RunningSandbox.Got get(String path) throws IOException {
    return sandbox.get(token(), path);
  }

  private String token() {
    return sandbox.token(MdeAccess.AUDIENCE, MdeAccess.ISOLATE, MdeAccess.READ);
  }
}
