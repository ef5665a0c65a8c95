package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.Cordon;
import io.cordon.evidence.VerifyCommand;
import io.cordon.platform.mode.ModeRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.NestedExceptionUtils;

/** A case from its alert to its end in shadow, where nothing reaches a machine or a pager, and in a drill, where all does and says so. */
class ModesTest {
  private static final String SHADOW_CHANNEL = "19:shadow@thread.tacv2";

  @TempDir Path folder;
  private LocalCordon local;
  private Scripts scripts;

  @Test
  void runsACaseToItsEndInShadowAndSendsNothing() throws IOException {
    Map<String, Object> shadow = Map.of("cordon.mode", "shadow", "cordon.teams.shadow-channel", SHADOW_CHANNEL);
    try (LocalCordon running = LocalCordon.start(folder, 0, shadow)) {
      local = running;
      scripts = new Scripts(running);
      String caseId = scripts.alert("pacs-gw-01").path("caseId").asText();
      isolateAndRelease(caseId);
      sendsNoPageAndChangesNothingAtDefender();
      showsItsCardInShadowOnly();
      List<String> leaves = marksItsEvidence(caseId, "SHADOW");
      keepsWhatWouldHaveBeenSent(leaves);
      saysSoToWhoeverWatchesIt();
      refusesToTurnRealWhileARequestIsOpen();
    }
  }

  @Test
  void exercisesForRealAndMarksEverything() throws IOException {
    try (LocalCordon running = LocalCordon.start(folder, 0, Map.of("cordon.mode", "drill"))) {
      local = running;
      scripts = new Scripts(running);
      String caseId = scripts.alert("pacs-gw-01").path("caseId").asText();
      isolateAndRelease(caseId);
      actsAndPagesForReal();
      List<String> leaves = marksItsEvidence(caseId, "DRILL");
      assertThat(leaves).as("nothing is held back").noneMatch(leaf -> leaf.contains("\"held\":true"));
      assertThat(new String(scripts.bytes("soc.one", "/signed-out"))).contains("DRILL: ");
    }
  }

  private void actsAndPagesForReal() {
    assertThat(local.sandbox.mde.isolations()).hasSize(1);
    assertThat(local.sandbox.journal.of("mde")).anyMatch(entry -> entry.path().endsWith("/unisolate"));
    assertThat(local.sandbox.pagerDuty.alerts()).isNotEmpty();
    assertThat(local.sandbox.journal.of("pagerduty").stream().filter(entry -> entry.body().contains("\"trigger\"")))
        .isNotEmpty().allMatch(page -> page.body().contains("DRILL: "));
    assertThat(local.sandbox.journal.of("teams").stream().filter(entry -> entry.method().equals("POST") || entry.method().equals("PUT")))
        .isNotEmpty().allMatch(card -> card.body().contains("DRILL: "));
  }

  private void isolateAndRelease(String caseId) throws IOException {
    JsonNode asked = await(caseId, view -> view.path("approvals").size() == 1);
    scripts.as("clin.pacs", "POST", "/api/approvals/" + asked.at("/approvals/0/id").asText() + "/decision",
        Map.of("verdict", "APPROVE", "requestRevision", 1, "window", Map.of("from", "now", "minutes", 60),
            "backBy", Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(4, ChronoUnit.HOURS).toString(),
            "procedureImpact", "NONE_RUNNING", "reasonCode", "NO_PATIENT_IMPACT"));
    await(caseId, view -> view.path("tasks").findValuesAsText("key").contains("userTask_releaseHost"));
    // a view is read piece by piece, so the actions of the one above may be older than its tasks
    JsonNode held = await(caseId, view -> true);
    assertThat(held.path("actions").findValuesAsText("state")).containsExactly("SUCCEEDED");
    for (JsonNode task : held.path("tasks")) {
      scripts.as("sec.lead", "POST", "/api/tasks/" + task.path("id").asText(), Map.of("reasonCode", "CLEANED"));
    }
    await(caseId, view -> view.path("state").asText().equals("CLOSED"));
  }

  private void sendsNoPageAndChangesNothingAtDefender() {
    assertThat(local.sandbox.journal.of("mde")).as("Defender is read").anyMatch(entry -> entry.method().equals("GET"));
    assertThat(local.sandbox.journal.of("mde")).as("and never told to do anything").allMatch(entry -> entry.method().equals("GET"));
    assertThat(local.sandbox.journal.of("pagerduty")).noneMatch(entry -> entry.path().endsWith("/enqueue"));
    assertThat(local.sandbox.pagerDuty.alerts()).isEmpty();
    assertThat(local.sandbox.journal.of("arm")).noneMatch(entry -> entry.method().equals("PUT"));
  }

  private void showsItsCardInShadowOnly() {
    List<Journal.Entry> cards =
        local.sandbox.journal.of("teams").stream().filter(entry -> entry.method().equals("POST") || entry.method().equals("PUT")).toList();
    assertThat(cards).isNotEmpty().allSatisfy(card -> assertThat(card.body()).contains("SHADOW: "));
    assertThat(cards).noneMatch(card -> card.body().contains("19:clinical-ops@thread.tacv2") || card.path().contains("clinical-ops"));
    assertThat(cards).anyMatch(card -> card.body().contains(SHADOW_CHANNEL));
  }

  private List<String> marksItsEvidence(String caseId, String mode) throws IOException {
    JsonNode entries = await("evidence of " + caseId, () -> scripts.as("aud.one", "GET", "/api/cases/" + caseId + "/evidence", null).path("items"),
        items -> items.findValuesAsText("type").contains("CASE_CLOSED"));
    Path bundle = folder.resolve("evidence.zip");
    Files.write(bundle, scripts.bytes("aud.one", "/api/evidence/bundle"));
    assertThat(VerifyCommand.run(new String[] {bundle.toString()}, new PrintStream(new ByteArrayOutputStream()))).isZero();
    List<String> leaves = local.cordon.getBean(org.springframework.jdbc.core.simple.JdbcClient.class)
        .sql("select convert_from(leaf, 'UTF8') from evidence_entry where case_id = ? order by seq").param(caseId).query(String.class).list();
    assertThat(leaves).hasSizeGreaterThanOrEqualTo(entries.size()).allMatch(leaf -> leaf.contains("\"mode\":\"" + mode + "\""));
    return leaves;
  }

  private static void keepsWhatWouldHaveBeenSent(List<String> leaves) {
    assertThat(leaves.stream().filter(leaf -> leaf.contains("\"held\":true")))
        .as("what would have been sent").hasSize(2)
        .anyMatch(leaf -> leaf.contains("\"operation\":\"isolate\"") && leaf.contains("\\\"IsolationType\\\":\\\"Full\\\""))
        .anyMatch(leaf -> leaf.contains("\"operation\":\"unisolate\""));
  }

  private void saysSoToWhoeverWatchesIt() throws IOException {
    assertThat(new String(scripts.bytes("soc.one", "/actuator/health/readiness"))).contains("\"mode\":\"SHADOW\"");
    assertThat(new String(scripts.bytes("soc.one", "/signed-out"))).contains("SHADOW: Cordon only looks on.");
  }

  private void refusesToTurnRealWhileARequestIsOpen() throws IOException {
    String caseId = scripts.alert("pacs-gw-01").path("caseId").asText();
    await(caseId, view -> view.path("approvals").size() == 1);
    Throwable refused = catchThrowable(() -> starts("live"));
    assertThat(NestedExceptionUtils.getMostSpecificCause(refused)).isInstanceOf(ModeRefusedException.class)
        .hasMessage("its mode is to change from SHADOW to LIVE, but 1 requests or actions are open.");
    assertThatThrownBy(() -> starts("rehearsal")).rootCause().hasMessage("cordon.mode names no mode.");
  }

  /** A second node on the same database. */
  private void starts(String mode) throws IOException {
    var environment = local.cordon.getEnvironment();
    Map<String, Object> settings =
        LocalSettings.of(folder.toAbsolutePath(), LocalSettings.freePort(), environment.getProperty("spring.datasource.url"), local.sandbox);
    settings.put("cordon.mode", mode);
    settings.put("spring.main.banner-mode", "off");
    settings.put("spring.jmx.enabled", false);
    new org.springframework.boot.SpringApplication(Cordon.class).run(LocalSettings.arguments(settings)).close();
  }

  /** Something that is asked again. */
  private interface Question {
    JsonNode ask() throws IOException;
  }

  private JsonNode await(String caseId, Predicate<JsonNode> reached) {
    return await(caseId, () -> scripts.as("soc.one", "GET", "/api/cases/" + caseId, null), reached);
  }

  private static JsonNode await(String what, Question question, Predicate<JsonNode> reached) {
    return Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(question::ask, reached);
  }
}
