package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site that lets nobody call in: Cordon asks both services itself, over real HTTP, and opens the cases. */
class AlertSourcesTest {
  private static final Map<String, Object> ON =
      Map.of(
          "cordon.sources.log-analytics.enabled", true, "cordon.sources.log-analytics.poll-interval", "PT1S",
          "cordon.sources.graph.enabled", true, "cordon.sources.graph.poll-interval", "PT1S");

  @TempDir Path folder;

  @Test
  void opensCasesFromBothSourcesAlsoAfterAnOutage() throws Exception {
    try (LocalCordon local = LocalCordon.start(folder, 0, ON)) {
      Scripts scripts = new Scripts(local);
      assertThat(local.sandbox.faults.add(Call.JSON.readTree("{\"service\":\"loganalytics\",\"mode\":\"status\",\"status\":429,\"delayMs\":2000}"))).isTrue();
      assertThat(local.sandbox.faults.add(Call.JSON.readTree("{\"service\":\"graph\",\"mode\":\"status\",\"status\":429,\"delayMs\":1000}"))).isTrue();
      place(local, "loganalytics", "pacs-gw-01");
      place(local, "graph", "fhir-prod-01");
      for (int i = 0; i < 150; i++) {
        place(local, "graph", "dev-build-01");
        place(local, "loganalytics", "dev-build-01");
      }

      Awaitility.await().atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(machines(scripts)).containsExactlyInAnyOrder("pacs-gw-01", "fhir-prod-01", "dev-build-01"));
      assertThat(local.sandbox.faults.isEmpty()).isTrue();
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> taken(local, "joined") == 299);
      assertThat(taken(local, "opened")).isEqualTo(3);
      assertThat(taken(local, "duplicate")).isZero();
      assertThat(machines(scripts)).hasSize(3);
      for (String service : List.of("loganalytics", "graph")) {
        assertThat(local.sandbox.journal.of(service).stream().map(Journal.Entry::status)).containsOnly(200, 429);
      }
      assertThat(local.sandbox.journal.of("graph").stream().map(Journal.Entry::query)).anyMatch(query -> query.contains("$skiptoken"));
      assertThat(local.sandbox.journal.of("loganalytics").stream().map(Journal.Entry::body)).anyMatch(body -> body.contains("strcmp"));
    }
  }

  private static void place(LocalCordon local, String service, String device) {
    ObjectNode asked = Call.JSON.createObjectNode().put("service", service).put("device", device);
    assertThat(local.sandbox.alerts.place(asked)).isTrue();
  }

  private static List<String> machines(Scripts scripts) throws Exception {
    JsonNode cases = scripts.as("soc.one", "GET", "/api/cases", null).path("items");
    return cases.findValuesAsText("machineName");
  }

  private static double taken(LocalCordon local, String disposition) {
    return local.cordon.getBean(MeterRegistry.class).find("cordon.alerts.taken").tag("disposition", disposition).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }
}
