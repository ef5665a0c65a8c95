package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.cordon.alerts.NamedProcesses;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.mde.MdeAmbiguous;
import io.cordon.containment.mde.MdeRefused;
import io.cordon.containment.mde.MdeUnavailable;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.Decision;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.Verdict;
import io.cordon.testing.OutsideWorld;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One process is stopped in its window, or nothing is done and somebody is asked. */
class StopProcessTest extends PlayedCase {
  private static final Instant STARTED = Instant.parse("2026-03-01T01:00:05.250Z");
  private static final String SHA256 = "ab".repeat(32);

  @Autowired ProcessStopping stopping;
  @Autowired Plans plans;

  @BeforeEach
  void anAlertNamesAProcess() {
    outside.tags = Map.of("System", "PACS", "ContainsPHI", "true", "Egress", "DIRECT");
    caseId = intake.take(alertOfAProcess()).get(0).caseId();
    settle();
  }

  @Test
  void stopsExactlyTheApprovedProcessAndSealsWhatTheScriptSaid() {
    ask();
    assertThat(outside.cards.toString()).contains("Stop one process: process 4211, started 2026-03-01T01:00:05.250Z").doesNotContain("Full isolation");
    assertThat(plans.stopOrder(request().planId()).scriptSha256()).isEqualTo(OutsideWorld.SCRIPT_SHA256);
    grant();
    openTheWindow();
    assertThat(outside.calls).doesNotContain("isolate")
        .contains("runScript cordon-stop-process.sh --pid 4211 --start " + STARTED.getEpochSecond() + " --sha256 " + SHA256 + " --protect dcmrcv");
    assertThat(permits.ofCase(caseId)).singleElement().satisfies(permit -> {
      assertThat(permit.action()).isEqualTo("STOP_PROCESS");
      assertThat(permit.state()).isEqualTo("SUCCEEDED");
      assertThat(outside.actions.get(0).comment()).startsWith("cordon:" + permit.id());
    });
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
    assertThat(entries(EvidenceType.ACTION_RESULT)).singleElement().asString()
        .contains("\"exitCode\":0", "\"result\":\"SUCCEEDED\"", "\"name\":\"transcript\"").doesNotContain("MRN");
    assertThat(eventTypes()).containsSubsequence("PLAN_MADE", "APPROVAL_REQUESTED", "APPROVAL_GRANTED", "ACTION_INTENT", "ACTION_SENT", "ACTION_RESULT", "CASE_CLOSED");
  }

  @Test
  void stopsNothingWhenItIsRejected() {
    ask();
    answer(Verdict.REJECT, PACS_APPROVER);
    settle();
    answer(Verdict.REJECT, EXECUTIVE);
    settle();
    assertThat(process("stopProcess")).isWaitingAt("userTask_decideNext").hasNotPassed("callActivity_performAction");
    assertThat(sessions()).isZero();
  }

  @Test
  void stopsNothingWhenNobodyAnswers() {
    ask();
    letTheDeadlinePass();
    letTheDeadlinePass();
    assertThat(process("stopProcess")).isWaitingAt("userTask_decideNext");
    assertThat(sessions()).isZero();
  }

  @Test
  void stopsNothingWhileDefenderIsAwayAndAsksSecurityAtTheEndOfTheWindow() {
    ask();
    grant();
    outside.scriptFails = () -> new MdeUnavailable("run-script", "not reached");
    openTheWindow();
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("INTENDED");
    clock.set(request().windowTo().minus(Duration.ofMinutes(12)));
    settle();
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("NOT_SENT");
    assertThat(process("stopProcess")).isWaitingAt("userTask_reviewOutcome");
    assertThat(outside.actions).isEmpty();
  }

  @Test
  void stopsNothingWhenItIsTakenBackAndCancelsASessionThatWasBegun() {
    ask();
    grant();
    withdrawal.withdraw(request().id(), SOC, "RISK_TO_PATIENTS");
    settle();
    assertThat(process("stopProcess")).isWaitingAt("userTask_decideNext");
    assertThat(sessions()).isZero();

    startClean();
    anAlertNamesAProcess();
    ask();
    grant();
    outside.nextStatus = MachineAction.PENDING;
    openTheWindow();
    withdrawal.withdraw(request().id(), SOC, "RISK_TO_PATIENTS");
    settle();
    assertThat(outside.calls).contains("cancel");
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("CANCELLED");
  }

  @Test
  void asksAPersonAboutAProcessWhoseSessionWasCancelledWhileItRan() {
    ask();
    grant();
    outside.nextStatus = MachineAction.IN_PROGRESS;
    openTheWindow();
    withdrawal.withdraw(request().id(), SOC, "RISK_TO_PATIENTS");
    settle();
    assertThat(outside.calls).contains("cancel");
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("UNRESOLVED");
    assertThat(process("performAction")).isWaitingAt("userTask_settleUnresolved");
  }

  @Test
  void asksAPersonAboutAProcessWhoseSessionSomebodyElseCancelled() {
    ask();
    grant();
    outside.nextStatus = MachineAction.CANCELLED;
    openTheWindow();
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("UNRESOLVED");
  }

  @Test
  void asksSecurityWhenTheScriptFoundAnotherProcess() {
    ask();
    grant();
    outside.exitCode = 20;
    openTheWindow();
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("FAILED");
    assertThat(process("stopProcess")).isWaitingAt("userTask_reviewOutcome");
    assertThat(entries(EvidenceType.ACTION_RESULT)).singleElement().asString().contains("\"exitCode\":20", "\"result\":\"FAILED\"");
  }

  @Test
  void countsAProcessThatIsGoneAlreadyAsStopped() {
    ask();
    grant();
    outside.exitCode = 10;
    openTheWindow();
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void runsNothingWhenTheLibraryHoldsAnotherScript() {
    ask();
    grant();
    outside.librarySha256 = "6".repeat(64);
    openTheWindow();
    assertThat(sessions()).isZero();
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("REFUSED");
    assertThat(entries(EvidenceType.ACTION_RESULT)).singleElement().asString().contains("\"result\":\"REFUSED\"", "\"reason\":\"SCRIPT_DIFFERS\"");
    assertThat(process("stopProcess")).isWaitingAt("userTask_reviewOutcome");
  }

  @Test
  void saysWithWhichCodeDefenderRefusedTheSession() {
    ask();
    grant();
    outside.scriptFails = () -> new MdeRefused("run-script", 400, "OsPlatformNotSupported", "", false);
    openTheWindow();
    assertThat(entries(EvidenceType.ACTION_RESULT)).singleElement().asString().contains("\"result\":\"REFUSED\"", "\"reason\":\"OsPlatformNotSupported\"");
  }

  @Test
  void asksAPersonWhenNobodyKnowsWhetherTheSessionBegan() {
    ask();
    grant();
    outside.scriptFails = () -> new MdeAmbiguous("run-script", "no answer");
    openTheWindow();
    for (int readBack = 0; readBack < 4; readBack++) {
      clock.tick(Duration.ofSeconds(61));
      fireTimer("catchEvent_readBackDelay");
      settle();
    }
    assertThat(sessions()).as("sent again once, after two read-backs that found nothing").isEqualTo(2);
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("UNRESOLVED");
    assertThat(process("performAction")).isWaitingAt("userTask_settleUnresolved");
  }

  @Test
  void findsASessionWhoseAnswerWasLost() {
    ask();
    grant();
    outside.scriptFails = () -> new MdeAmbiguous("run-script", "no answer");
    outside.takenThoughItFails = true;
    openTheWindow();
    clock.tick(Duration.ofSeconds(61));
    fireTimer("catchEvent_readBackDelay");
    settle();
    assertThat(sessions()).isOne();
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void knowsNothingOfAProcessWhoseSessionEndedWithoutAnExitCode() {
    ask();
    grant();
    outside.nextStatus = MachineAction.FAILED;
    openTheWindow();
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("UNRESOLVED");
  }

  @Test
  void takesNoWindowThatIsTooShortForAScript() {
    ask();
    assertThat(answerFor(Duration.ofMinutes(11)).code()).isEqualTo("WINDOW_TOO_SHORT");
    assertThat(answerFor(Duration.ofMinutes(11)).message()).contains("at least 12 minutes");
  }

  @Test
  void asksAboutNothingThatIsNotNamedOrNotVouchedFor() {
    assertThatThrownBy(() -> stopping.start(caseId, 0, "NO_DATABASE", SOC)).hasMessage("PROCESS_UNKNOWN");
    assertThatThrownBy(() -> stopping.start(caseId, number(), "", SOC)).hasMessage("DATA_STATEMENT_MISSING");
    assertThatThrownBy(() -> stopping.start(caseId, number(), "NO_DATABASE", SECURITY_LEAD)).hasMessage("TASK_OF_OTHERS");
    assertThat(stopping.offered(caseId, SECURITY_LEAD)).isEmpty();
    assertThat(process("receiveAlert")).isWaitingAt("userTask_triage");
  }

  @Test
  void letsNoApprovalOfItIsolateTheMachine() {
    ask();
    grant();
    Plan plan = plans.find(request().planId()).orElseThrow();
    assertThat(permits.intend(request(), plan).action()).isEqualTo("STOP_PROCESS");
    assertThatThrownBy(() -> permits.intendRelease(request(), plan, permits.ofCase(caseId).get(0))).isInstanceOf(IllegalArgumentException.class);
    permits.settle(permits.ofCase(caseId).get(0).id(), "NOT_SENT", EvidenceType.ACTION_CANCELLED);
  }

  private void ask() {
    stopping.start(caseId, number(), "NO_DATABASE", SOC);
    settle();
    clock.tick(Duration.ofSeconds(1));
  }

  private long number() {
    List<NamedProcesses.Numbered> offered = stopping.offered(caseId, SOC);
    assertThat(offered).singleElement().satisfies(one -> {
      assertThat(one.process().pid()).isEqualTo(4211);
      assertThat(one.process().started()).isEqualTo(STARTED);
      assertThat(one.process().sha256()).isEqualTo(SHA256);
    });
    return offered.get(0).number();
  }

  private void grant() {
    answer(Verdict.APPROVE, PACS_APPROVER);
    assertThat(answer(Verdict.APPROVE, SECURITY_LEAD).code()).isEqualTo("GRANTED");
    settle();
  }

  private DecisionOutcome answerFor(Duration length) {
    return decisions.decide(
        new Decision(request().id(), request().requestRevision(), Verdict.APPROVE, null, clock.instant().plus(length),
            clock.instant().plus(Duration.ofHours(4)), ProcedureImpact.NONE_RUNNING, "THREAT_OUTWEIGHS_DOWNTIME", null, PACS_APPROVER));
  }

  private void openTheWindow() {
    fireTimer("catchEvent_windowOpens");
    settle();
  }

  private long sessions() {
    return outside.calls.stream().filter(call -> call.startsWith("runScript")).count();
  }

  private static byte[] alertOfAProcess() {
    return """
        {"SystemAlertId":"%s","AlertSeverity":"High","ProviderName":"MDATP","AlertName":"x",
         "Entities":"[{\\"$id\\":\\"2\\",\\"HostName\\":\\"pacs-gw-01\\",\\"MdatpDeviceId\\":\\"%s\\",\\"Type\\":\\"host\\"},\
        {\\"$id\\":\\"3\\",\\"ProcessId\\":\\"4211\\",\\"CreationTimeUtc\\":\\"%s\\",\\"ImageFile\\":{\\"$ref\\":\\"4\\"},\\"Type\\":\\"process\\"},\
        {\\"$id\\":\\"4\\",\\"FileHashes\\":[{\\"$id\\":\\"5\\",\\"Algorithm\\":\\"SHA256\\",\\"Value\\":\\"%s\\",\\"Type\\":\\"filehash\\"}],\\"Type\\":\\"file\\"},\
        {\\"$id\\":\\"6\\",\\"ProcessId\\":\\"1\\",\\"Type\\":\\"process\\"}]"}"""
        .formatted(UUID.randomUUID(), OutsideWorld.MACHINE, STARTED, SHA256.toUpperCase())
        .getBytes(StandardCharsets.UTF_8);
  }
}
