package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Teams and PagerDuty fail in every way they can, before and after they did what was asked, one way after the other: every case
 * goes on, nobody is woken twice for one stage, and in the end one card asks.
 */
class ChannelFaultsTest {
  private static final List<Map<String, Object>> WAYS =
      List.of(
          Map.of("mode", "status", "status", 429, "delayMs", 1000),
          Map.of("mode", "bare-status", "status", 429),
          Map.of("mode", "status", "status", 500),
          Map.of("mode", "status", "status", 503),
          Map.of("mode", "delay", "delayMs", 7000),
          Map.of("mode", "reset"),
          Map.of("mode", "lost"),
          Map.of("mode", "truncate"));

  /** Others that meet no fault, so that what fails is the exception, as in life. */
  private static final int OTHERS = 2;

  /** Longer than the lock of a task whose node was too slow to report, and than the first two waits of what failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(200);

  @TempDir Path folder;
  private LocalCordon local;
  private Scripts scripts;
  private int machine = 500;

  @Test
  void caseGoesOnWhicheverWayAChannelFails() throws Exception {
    // a timeout of four seconds instead of fifteen, so that the test is short
    try (LocalCordon running = LocalCordon.start(folder, 0, Map.of("cordon.http.read-timeout", "PT4S", "cordon.gate.most-at-once", 1_000))) {
      local = running;
      scripts = new Scripts(running);
      running.sandbox.limits.enforce(false);
      Map<String, String> asked = new LinkedHashMap<>();
      for (Map<String, Object> way : WAYS) {
        fault("teams", "/v3/conversations", way);
        fault("pagerduty", "/v2/enqueue", way);
        for (int one = 0; one <= OTHERS; one++) {
          asked.put(scripts.alert("bulk-%05d".formatted(machine++)).path("caseId").asText(), way + " " + one);
        }
        await(() -> running.sandbox.faults.isEmpty());
      }
      Map<String, String> approvals = new LinkedHashMap<>();
      asked.keySet().forEach(caseId -> approvals.put(caseId, approvalOf(caseId)));
      approvals.forEach((caseId, approval) -> toldOnce(approval, asked.get(caseId)));
      seenBySomebody(approvals.values());
      approvals.forEach((caseId, approval) -> assertThat(cards(approval)).as(asked.get(caseId)).hasSize(1));

      for (Map<String, Object> way : WAYS) {
        fault("teams", "/activities/", way);
        fault("pagerduty", "/v2/enqueue", way);
        for (int one = 0; one <= OTHERS; one++) {
          settle(approvals.remove(approvals.keySet().iterator().next()));
        }
        await(() -> running.sandbox.faults.isEmpty());
      }
      await(() -> running.sandbox.pagerDuty.alerts().values().stream().allMatch("resolved"::equals));
      await(() -> running.sandbox.teams.places().stream().noneMatch(place -> place.card().toString().contains("Action.")));
      assertThat(running.sandbox.pagerDuty.alerts().keySet().stream().map(SimulatedPagerDuty.Key::dedupKey).filter(key -> !key.startsWith("cordon/evidence/")))
          .hasSize(asked.size()).allMatch(key -> key.endsWith("/tier-1"));
    }
  }

  private void fault(String service, String path, Map<String, Object> way) {
    Map<String, Object> fault = new LinkedHashMap<>(way);
    fault.put("service", service);
    fault.put("path", path);
    assertThat(local.sandbox.faults.add(Call.JSON.valueToTree(fault))).as(fault.toString()).isTrue();
  }

  private String approvalOf(String caseId) {
    List<String> found = new ArrayList<>();
    await(() -> {
      JsonNode approvals = scripts.as("soc.one", "GET", "/api/cases/" + caseId, null).path("approvals");
      approvals.forEach(approval -> found.add(approval.path("id").asText()));
      return !found.isEmpty();
    });
    return found.get(0);
  }

  /** Cards that ask about the request now. */
  private List<CardPlace> cards(String approval) {
    return local.sandbox.teams.places().stream().filter(place -> place.isAbout(approval)).toList();
  }

  private List<String> pages(String approval) {
    return local.sandbox.pagerDuty.alerts().entrySet().stream().filter(page -> page.getKey().dedupKey().contains(approval)).map(Map.Entry::getValue).toList();
  }

  /** A client that shows the channel asks for its own view of every card, and so tells of cards whose sending was never answered. */
  private void seenBySomebody(Iterable<String> approvals) {
    for (String approval : approvals) {
      cards(approval).forEach(place -> local.sandbox.teamsClient.open(People.all().get("clin.pacs"), place));
    }
  }

  /** A yes for later: a no would ask the next people, with a card and a page of their own. */
  private void settle(String approval) throws IOException {
    scripts.as("clin.pacs", "POST", "/api/approvals/" + approval + "/decision", Map.of("verdict", "APPROVE", "requestRevision", 1,
        "window", Map.of("from", Instant.now().plusSeconds(3_600).toString(), "minutes", 60), "backBy", Instant.now().plusSeconds(20_000).toString(),
        "procedureImpact", "NONE_RUNNING", "reasonCode", "NO_PATIENT_IMPACT"));
  }

  /** At least one card and exactly one page; else says what of it is missing and what Cordon still has to do. */
  private void toldOnce(String approval, String way) {
    patiently().untilAsserted(() -> {
      assertThat(cards(approval)).as(() -> "cards of " + way + ", to do " + toDo()).isNotEmpty();
      assertThat(pages(approval)).as(() -> "pages of " + way + ", to do " + toDo()).containsExactly("triggered");
    });
  }

  private List<Map<String, Object>> toDo() {
    return local.cordon.getBean(JdbcTemplate.class).queryForList("select topic_name_, retries_, lock_exp_time_, error_msg_ from act_ru_ext_task");
  }

  /** Something that comes true. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) {
    patiently().until(condition::holds);
  }

  private static ConditionFactory patiently() {
    return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200));
  }
}
