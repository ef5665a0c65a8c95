package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The intake under kill -9: what was acknowledged is kept, and sending all of it again doubles nothing. */
class IntakeCrashTest {
  @TempDir static Path home;
  private static CrashWorld world;

  @BeforeAll
  static void openTheWorld() throws IOException {
    world = new CrashWorld(home, TestDatabase.create("intake_crash"));
    world.sandbox.limits.enforce(false);
    world.start();
  }

  @AfterAll
  static void closeTheWorld() {
    world.close();
  }

  @Test
  void keepsEveryAcknowledgedAlertInOneCaseWhenItDiesInTheMiddleOfAStorm() throws Exception {
    List<Map<String, String>> alerts = new ArrayList<>();
    Storm storm = new Storm(world.sandbox, world.scripts, world.url());
    for (int i = 0; i < 2_000; i++) {
      alerts.add(storm.fromDefender("bulk-%05d".formatted(20_000 + i % 400)));
    }
    var sending = CompletableFuture.supplyAsync(() -> storm.send(alerts));
    CrashWorld.await("half of them in", () -> inCases(alerts).size() > 1_000);
    world.kill();
    List<JsonNode> acknowledged = sending.get();
    assertThat(acknowledged).as("it died in the middle").containsNull();
    world.start();
    Map<String, String> kept = inCases(alerts);
    for (int i = 0; i < alerts.size(); i++) {
      if (acknowledged.get(i) != null) {
        assertThat(kept).containsEntry(alerts.get(i).get("SystemAlertId"), acknowledged.get(i).path("caseId").asText());
      }
    }
    assertThat(storm.send(alerts)).doesNotContainNull().noneMatch(result -> result.path("caseId").isNull());
    assertThat(inCases(alerts)).hasSize(2_000).containsAllEntriesOf(kept);
    assertThat(inCases(alerts).values().stream().distinct()).as("a case a machine").hasSize(400);
  }

  /** Cases by alert. */
  private static Map<String, String> inCases(List<Map<String, String>> alerts) {
    Map<String, String> cases = new HashMap<>();
    world.jdbc.sql("select system_alert_id, case_id from alert where system_alert_id in (:ids) and case_id is not null")
        .param("ids", alerts.stream().map(alert -> alert.get("SystemAlertId")).toList())
        .query((row, n) -> Map.entry(row.getString(1), row.getString(2))).list()
        .forEach(row -> assertThat(cases.put(row.getKey(), row.getValue())).as("one case").isNull());
    return cases;
  }
}
