package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.platform.phi.OutgoingNet;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Plants made-up patient identifiers wherever somebody can write something, lets a case run to its isolation, and then
 * looks for them in every place that is not the sealed store (invariant I5).
 */
@ExtendWith(OutputCaptureExtension.class)
class PhiCanaryTest {
  private static final Map<String, String> SENDER = Map.of("client", "sentinel-forwarder");

  @TempDir Path folder;
  private final Canaries canaries = new Canaries();
  private final CanaryAlerts alerts = new CanaryAlerts(canaries);
  private final List<String> answers = new ArrayList<>();
  private LocalCordon local;
  private Scripts scripts;

  @Test
  void keepsPatientDataInTheSealedStore(CapturedOutput console) throws Exception {
    try (LocalCordon running = LocalCordon.start(folder, 0)) {
      local = running;
      scripts = new Scripts(running);
      List<String> cases = sendEveryShape();
      sendWhatIsRefused();
      answerTheTasks(cases);
      isolate(cases.get(0));
      Map<String, List<String>> sinks = new LinkedHashMap<>(new Sinks(local, scripts).all(folder, console.getAll(), cases));
      sinks.put("answers to calls", answers);
      sinks.put("exported change record", exported(cases.get(0)));

      assertThat(canaries.allPlanted()).as("all forms of all identifiers were planted").isTrue();
      sinks.forEach((name, texts) -> {
        assertThat(texts).as(name).isNotEmpty();
        assertThat(canaries.in(texts)).as("identifiers found in " + name).isEmpty();
      });
      assertThat(meters().find(OutgoingNet.COUNTER).counters()).as("messages of ours held back").isEmpty();
      opensWhatWasSealed(cases.get(0));
      findsOneThatWasPutIntoATable(cases.get(0));
    }
  }

  /** Every text in the zip that leaves the house, and the words of the summary. */
  private List<String> exported(String caseId) throws IOException {
    List<String> texts = new ArrayList<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(scripts.exported("aud.one", "/api/cases/" + caseId + "/cab-pack")))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] bytes = zip.readAllBytes();
        texts.add(new String(bytes, StandardCharsets.UTF_8));
        if (entry.getName().endsWith(".pdf")) {
          try (var pdf = Loader.loadPDF(bytes)) {
            texts.add(new PDFTextStripper().getText(pdf));
          }
        }
      }
    }
    assertThat(texts).anyMatch(text -> text.contains("Case " + caseId));
    return texts;
  }

  /** One case for each shape, on a machine of its own. */
  private List<String> sendEveryShape() throws IOException {
    List<Object> bodies =
        List.of(alerts.row(device("pacs-gw-01")), alerts.trigger(device("fhir-prod-01")), alerts.incident(device("ehr-db-01")),
            alerts.graph(device("img-proxy-01")), alerts.table(device("dev-build-01")));
    List<String> cases = new ArrayList<>();
    for (Object body : bodies) {
      JsonNode result = Call.JSON.readTree(post("/api/alerts", Call.JSON.writeValueAsString(body), 202)).at("/results/0");
      assertThat(result.path("disposition").asText()).as(result.toString()).isEqualTo("OPENED");
      cases.add(result.path("caseId").asText());
    }
    return cases;
  }

  private void sendWhatIsRefused() throws IOException {
    for (Map<String, Object> body : alerts.unreadable(device("untagged-01"))) {
      assertThat(post("/api/alerts", Call.JSON.writeValueAsString(body), 202)).contains("QUARANTINED");
    }
    post("/api/alerts", "{\"SystemAlertId\": " + canaries.text(), 400);
    post("/api/alerts", "[\"" + canaries.text().replace("\\", "\\\\").replace("\"", "\\\"") + "\"]", 422);
    post("/api/alerts?patient=" + query(), "{}", 202);
    post("/api/patients/" + query(), "{}", 403);
    post("/api/cases/" + query() + "/playbooks/" + query(), "{}", 403);
    // not even HTTP: answered before any code of ours
    try (Socket socket = new Socket("localhost", URI.create(local.url()).getPort())) {
      socket.getOutputStream().write(("GET /{" + canaries.text() + "} HTTP/1.1\r\nCookie: a=\"" + canaries.text() + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      answers.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Every task there is gets text in its fields; one answer is refused, the other taken. */
  private void answerTheTasks(List<String> cases) throws IOException {
    for (String caseId : cases) {
      for (JsonNode task : await(caseId, view -> !view.path("tasks").isEmpty() || !view.path("approvals").isEmpty()).path("tasks")) {
        String path = "/api/tasks/" + task.path("id").asText();
        answers.add(scripts.raw("soc.one", path, headers(), Call.JSON.writeValueAsString(Map.of("triageDecision", canaries.text()))));
        Map<String, String> good = new LinkedHashMap<>(canaries.fields(List.of("comment", "note", "Zyx field")));
        good.put("triageDecision", "CONTAIN");
        answers.add(scripts.raw("soc.one", path, headers(), Call.JSON.writeValueAsString(good)));
      }
    }
  }

  private void isolate(String caseId) throws IOException {
    String approval = "/api/approvals/" + await(caseId, view -> view.path("approvals").size() == 1).at("/approvals/0/id").asText() + "/decision";
    answers.add(scripts.raw("clin.pacs", approval, headers(), Call.JSON.writeValueAsString(Map.of("verdict", canaries.text()))));
    answers.add(scripts.raw("clin.pacs", approval, headers(), Call.JSON.writeValueAsString(
        Map.of("verdict", "APPROVE", "requestRevision", 1, "window", Map.of("from", canaries.text(), "minutes", 60)))));
    scripts.as("clin.pacs", "POST", approval,
        Map.of("verdict", "APPROVE", "requestRevision", 1, "window", Map.of("from", "now", "minutes", 60),
            "backBy", Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(4, ChronoUnit.HOURS).toString(),
            "procedureImpact", "NONE_RUNNING", "reasonCode", "NO_PATIENT_IMPACT", "comment", canaries.text()));
    await(caseId, view -> view.path("actions").findValuesAsText("state").contains("SUCCEEDED"));
  }

  /** The other side of it: they are all there, for those who may read them and say why. */
  private void opensWhatWasSealed(String caseId) throws IOException {
    JsonNode sealed = scripts.as("aud.one", "GET", "/api/cases/" + caseId + "/sealed", null).path("items");
    String alert = "/api/cases/" + caseId + "/sealed/" + sealed.at("/0/id").asText() + "/reading";

    assertThat(canaries.in(List.of(scripts.raw("aud.one", alert, Map.of(), "{\"reasonCode\":\"AUDIT\"}")))).hasSizeGreaterThan(50);
    assertThat(canaries.in(List.of(scripts.raw("clin.pacs", alert, Map.of(), "{\"reasonCode\":\"AUDIT\"}")))).isEmpty();
    Awaitility.await().until(() -> scripts.as("aud.one", "GET", "/api/cases/" + caseId + "/evidence", null).toString().contains("SEALED_READ"));
  }

  /** Shows that the search would have found one. */
  private void findsOneThatWasPutIntoATable(String caseId) {
    String leak = IntStream.range(0, 6).mapToObj(canaries::form).collect(Collectors.joining(" "));
    JdbcClient jdbc = local.cordon.getBean(JdbcClient.class);
    jdbc.sql("update incident_case set outcome = :leak where id = :id").param("leak", leak).param("id", caseId).update();
    assertThat(canaries.in(new Sinks(local, scripts).database())).hasSize(6);
  }

  private String post(String path, String body, int status) throws IOException {
    String answer = scripts.raw(SENDER, path, headers(), body, status);
    answers.add(answer);
    return answer.substring(answer.indexOf('\n') + 1);
  }

  private Map<String, String> headers() {
    return Map.of("User-Agent", canaries.text(), "X-Patient", canaries.text(), "X-Request-Id", canaries.text(), "Accept-Language", canaries.text());
  }

  private String query() {
    return URLEncoder.encode(canaries.text(), StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "-").replace("%5C", "-").replace("%25", "-");
  }

  private Devices.Device device(String name) {
    return local.sandbox.devices.named(name).orElseThrow();
  }

  private MeterRegistry meters() {
    return local.cordon.getBean(MeterRegistry.class);
  }

  private JsonNode await(String caseId, Predicate<JsonNode> reached) {
    return Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> scripts.as("soc.one", "GET", "/api/cases/" + caseId, null), reached::test);
  }
}
