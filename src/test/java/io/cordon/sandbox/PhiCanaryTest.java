package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Plants fake patient identifiers in every free field of an alert and of an answer, in several encodings, lets the case
 * run to its isolation, and then looks for them in every place that is not the sealed store (invariant I5).
 */
@ExtendWith(OutputCaptureExtension.class)
class PhiCanaryTest {
  private static final List<String> FIELDS =
      List.of("AlertName", "DisplayName", "Description", "CompromisedEntity", "RemediationSteps", "ExtendedProperties",
          "ExtendedLinks", "AlertLink", "Tactics", "Techniques", "ProductName", "VendorName", "AlertType", "Status",
          "ConfidenceLevel", "ResourceId", "SourceComputerId", "WorkspaceResourceGroup", "UnknownColumn");

  @TempDir Path folder;
  private final List<String> canaries = new ArrayList<>();
  private int planted;

  @Test
  void keepsPatientDataInTheSealedStore(CapturedOutput logs) throws Exception {
    try (LocalCordon local = LocalCordon.start(folder, 0)) {
      Scripts scripts = new Scripts(local);
      String caseId = scripts.alert("pacs-gw-01", poisoned()).path("caseId").asText();
      JsonNode asked = await(scripts, caseId, view -> view.path("approvals").size() == 1);
      approve(scripts, asked.at("/approvals/0/id").asText());
      await(scripts, caseId, view -> view.path("actions").findValuesAsText("state").contains("SUCCEEDED"));

      assertThat(canaries).hasSizeGreaterThan(100);
      assertNone("the database", columns(local.cordon.getBean(JdbcClient.class)));
      assertNone("what was sent outside", local.sandbox.journal.of(null).stream().filter(e -> !e.service().equals("entra")).map(Journal.Entry::body).toList());
      assertNone("the cards", List.of(local.sandbox.teams.cards().toString()));
      assertNone("the API", List.of(scripts.as("soc.one", "GET", "/api/cases/" + caseId, null).toString(),
          scripts.as("aud.one", "GET", "/api/cases/" + caseId + "/evidence", null).toString()));
      assertNone("the log", List.of(logs.getAll()));
    }
  }

  private Map<String, String> poisoned() throws Exception {
    Map<String, String> row = new LinkedHashMap<>();
    FIELDS.forEach(field -> row.put(field, canary() + " " + base64(canary()) + " " + escaped(canary()) + " " + canary()));
    row.put("Entities", Call.JSON.writeValueAsString(List.of(
        Map.of("$id", "2", "HostName", canary(), "FQDN", canary(), "MdatpDeviceId", "MACHINE", "Type", "host", "LoggedOnUsers", List.of(canary())),
        Map.of("$id", "3", "ProcessId", "77", "CommandLine", "dcmsend " + canary(), "Type", "process",
            "ImageFile", Map.of("$id", "4", "Directory", "/data/" + canary(), "Name", canary(), "Type", "file")),
        Map.of("$id", "5", "Name", canary(), "UPNSuffix", canary(), "Type", "account"))));
    return row;
  }

  private void approve(Scripts scripts, String approval) throws Exception {
    scripts.as("clin.pacs", "POST", "/api/approvals/" + approval + "/decision",
        Map.of("verdict", "APPROVE", "requestRevision", 1, "window", Map.of("from", "now", "minutes", 60),
            "backBy", Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(4, ChronoUnit.HOURS).toString(),
            "procedureImpact", "NONE_RUNNING", "reasonCode", "NO_PATIENT_IMPACT", "comment", "patient " + canary() + " is done"));
  }

  private String canary() {
    String canary = "Zyx%04dCanary".formatted(planted++);
    canaries.add(canary);
    return canary;
  }

  private String base64(String canary) {
    String encoded = Base64.getEncoder().encodeToString(canary.getBytes(StandardCharsets.UTF_8));
    canaries.add(encoded);
    return encoded;
  }

  private static String escaped(String canary) {
    return URLEncoder.encode("<" + canary + ">", StandardCharsets.UTF_8);
  }

  private void assertNone(String where, List<String> texts) {
    String all = String.join("\n", texts);
    assertThat(canaries.stream().filter(all::contains)).as("identifiers found in " + where).isEmpty();
  }

  private static JsonNode await(Scripts scripts, String caseId, java.util.function.Predicate<JsonNode> reached) {
    return Awaitility.await().atMost(java.time.Duration.ofSeconds(60)).until(() -> scripts.as("soc.one", "GET", "/api/cases/" + caseId, null), reached::test);
  }

  /** Every column of every table as text; bytes with what is readable in them. */
  private static List<String> columns(JdbcClient jdbc) {
    List<String> texts = new ArrayList<>();
    jdbc.sql("select table_name, column_name, data_type from information_schema.columns where table_schema = 'public'")
        .query((row, n) -> Map.entry(row.getString(1), Map.entry(row.getString(2), row.getString(3))))
        .list()
        .forEach(column -> {
          String name = '"' + column.getValue().getKey() + '"';
          String value = Set.of("bytea").contains(column.getValue().getValue()) ? "encode(" + name + ", 'escape')" : name + "::text";
          texts.addAll(jdbc.sql("select coalesce(" + value + ", '') from \"" + column.getKey() + '"').query(String.class).list());
        });
    return texts;
  }
}
