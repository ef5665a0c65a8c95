package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.CaseBook;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.mde.MdeAmbiguous;
import io.cordon.containment.mde.MdeThrottled;
import io.cordon.containment.mde.MdeUnavailable;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.Decision;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.DecisionService;
import io.cordon.gate.PermitView;
import io.cordon.gate.Permits;
import io.cordon.gate.Plan;
import io.cordon.gate.PlanFacts;
import io.cordon.gate.Plans;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.Verdict;
import io.cordon.gate.Withdrawal;
import io.cordon.gate.policy.Route;
import io.cordon.platform.people.Person;
import io.cordon.platform.time.SqlTime;
import io.cordon.playbook.worker.ExternalTaskWorker;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.testing.RegisteredMachine;
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The shipped models on the real engine and a real database; only the outside world is played. */
class PlaybookTest extends PlayedEngine {
  private static final Person PACS_APPROVER = person("clin.pacs", Set.of("Clinical.Approver"), Set.of("group-pacs"));
  private static final Person SOC = person("soc.one", Set.of("Soc.Analyst"), Set.of());
  private static final Person EXECUTIVE = person("clin.exec", Set.of("Clinical.Executive"), Set.of());
  private static final Person SECURITY_LEAD = person("sec.lead", Set.of("Security.Lead"), Set.of());

  @Autowired ApplicationContext context;
  @Autowired List<TopicHandler> handlers;
  @Autowired ProcessEngine engine;
  @Autowired RuntimeService runtime;
  @Autowired TaskService tasks;
  @Autowired PlaybookTasks playbookTasks;
  @Autowired ChangeTickets tickets;
  @Autowired ManagementService management;
  @Autowired ExternalTaskWorker worker;
  @Autowired AlertIntake intake;
  @Autowired CaseBook cases;
  @Autowired ApprovalRequests requests;
  @Autowired DecisionService decisions;
  @Autowired Withdrawal withdrawal;
  @Autowired Permits permits;
  @Autowired Plans plans;
  @Autowired StuckSteps stuckSteps;
  @Autowired Playbooks playbooks;
  @Autowired EvidenceLog evidence;
  @Autowired EvidencePump pump;
  @Autowired OutsideWorld outside;
  @Autowired SettableClock clock;
  @Autowired JdbcClient jdbc;

  private String caseId;

  @BeforeEach
  void openACase() {
    BpmnAwareTests.init(engine);
    finishWhatIsLeft();
    outside.reset();
    RegisteredMachine.forget(jdbc);
    caseId = intake.take(alert(UUID.randomUUID().toString())).get(0).caseId();
    settle();
  }

  @Test
  void isolatesInsideTheApprovedWindowAndReleasesAgain() {
    assertThat(outside.calls).containsExactlyInAnyOrder("card", "page");
    Instant from = clock.instant().plus(Duration.ofMinutes(30));
    assertThat(decide(Verdict.APPROVE, from).code()).isEqualTo("GRANTED");
    settle();
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(outside.openPages).isEmpty();

    clock.set(from);
    fireTimer("catchEvent_windowOpens");
    settle();
    assertThat(outside.calls.stream().filter("isolate"::equals)).hasSize(1);
    assertThat(outside.actions.get(0).comment()).startsWith("cordon:" + permits.ofCase(caseId).get(0).id());
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("SUCCEEDED");

    completeTask("userTask_releaseHost");
    settle();
    assertThat(outside.calls.stream().filter("unisolate"::equals)).hasSize(1);
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
    assertThat(eventTypes())
        .containsSubsequence("CASE_OPENED", "ASSET_RESOLVED", "POLICY_DECIDED", "PLAN_MADE", "APPROVAL_REQUESTED",
            "APPROVAL_GRANTED", "ACTION_INTENT", "ACTION_SENT", "ACTION_RESULT", "RELEASE_INTENT", "RELEASE_RESULT", "CASE_CLOSED");
  }

  @Test
  void doesNothingWhenEverybodyRejects() {
    rejectByAll();
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(process("containLinuxHost")).isWaitingAt("userTask_decideNext").hasPassed("serviceTask_closeChannels");
    assertThat(outside.openPages).as("nobody is woken for a dead request").isEmpty();
    assertThat(task("userTask_decideNext").getDueDate()).isEqualTo(Date.from(clock.instant().plus(Duration.ofHours(1))));
    completeTask("userTask_decideNext");
    settle();
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
  }

  /** Clinical Ops and then the executive; what the SOC does meanwhile is done. */
  private void rejectByAll() {
    decide(Verdict.REJECT, null);
    settle();
    completeTask("userTask_protectMeanwhile");
    assertThat(decide(Verdict.REJECT, null, 1, EXECUTIVE).code()).isEqualTo("REJECTED");
    settle();
  }

  @Test
  void asksAgainAfterAHoldAndTakesNoAnswerToTheOlderQuestion() {
    assertThat(decide(Verdict.HOLD, null).code()).isEqualTo("HELD");
    settle();
    ApprovalRequest held = request();
    assertThat(held.requestRevision()).isEqualTo(2);
    assertThat(process("approveMaintenanceWindow")).isWaitingAt("userTask_decide");
    assertThat(outside.calls.stream().filter("page"::equals)).as("whoever said \"not yet\" is awake").hasSize(1);
    fireTimer("boundaryEvent_escalate");
    settle();
    assertThat(outside.openPages).anyMatch(page -> page.endsWith("-again-2"));
    Person colleague = person("clin.pacs.2", Set.of("Clinical.Approver"), Set.of("group-pacs"));
    assertThat(decide(Verdict.APPROVE, null, 1, colleague).code()).isEqualTo("STALE_REVISION");
    assertThat(decide(Verdict.APPROVE, null).code()).isEqualTo("GRANTED");
  }

  @Test
  void wakesSecurityWhenItIsTheirTurnToAgree() {
    finishWhatIsLeft();
    outside.reset();
    outside.tags = Map.of("System", "PACS", "ContainsPHI", "true", "Egress", "DIRECT");
    caseId = intake.take(alert(UUID.randomUUID().toString())).get(0).caseId();
    settle();
    playbooks.launch(caseId, "containLinuxHost", SOC);
    settle();
    assertThat(outside.openPages).hasSize(1).noneMatch(page -> page.endsWith("/second"));
    assertThat(decide(Verdict.APPROVE, null, 1, SECURITY_LEAD).code()).isEqualTo("CLINICAL_ANSWERS_FIRST");
    assertThat(decide(Verdict.APPROVE, null).code()).isEqualTo("WAITS_FOR_SECOND");
    settle();
    assertThat(outside.openPages).hasSize(2).anyMatch(page -> page.endsWith("/second"));
    assertThat(decide(Verdict.APPROVE, null, 1, SECURITY_LEAD).code()).isEqualTo("GRANTED");
    settle();
    assertThat(outside.openPages).isEmpty();
  }

  @Test
  void asksTheNextPeopleWhenNobodyAnswersAndThenActsOnNothing() {
    clock.set(request().answerDeadline());
    fireTimer("boundaryEvent_deadline");
    settle();
    ApprovalRequest second = request();
    assertThat(second.tier()).isEqualTo(2);
    assertThat(decide(Verdict.APPROVE, null).code()).isEqualTo("ROLE_MISSING");
    clock.set(second.answerDeadline());
    fireTimer("boundaryEvent_deadline");
    settle();
    assertThat(decide(Verdict.APPROVE, null, 1, EXECUTIVE).accepted()).isFalse();
    assertThat(process("containLinuxHost")).isWaitingAt("userTask_decideNext");
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(outside.openPages).isEmpty();
  }

  @Test
  void letsTheExecutiveAnswerInTheSecondTier() {
    clock.set(request().answerDeadline());
    fireTimer("boundaryEvent_deadline");
    settle();
    assertThat(decide(Verdict.APPROVE, null, 1, EXECUTIVE).code()).isEqualTo("GRANTED");
  }

  @Test
  void cancelsWhatIsStillPendingWhenTheWindowCloses() {
    outside.nextStatus = MachineAction.PENDING;
    approveNow();
    assertThat(process("performAction")).isWaitingAt("catchEvent_pollInterval");
    clock.set(request().windowTo());
    fireTimer("boundaryEvent_windowCloses");
    settle();
    assertThat(outside.calls).contains("cancel");
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("CANCELLED");
    assertThat(process("containLinuxHost")).isWaitingAt("userTask_reviewOutcome");
  }

  @Test
  void sendsNothingWithLessThanTheGuardLeft() {
    decide(Verdict.APPROVE, clock.instant().plus(Duration.ofMinutes(10)));
    settle();
    clock.set(request().windowTo().minus(Duration.ofMinutes(2)));
    fireTimer("catchEvent_windowOpens");
    settle();
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("NOT_SENT");
  }

  @Test
  void adoptsAnActionWhoseAnswerWasLost() {
    outside.isolateFails = () -> new MdeAmbiguous("isolate", null);
    outside.takenThoughItFails = true;
    approveNow();
    fireTimer("catchEvent_readBackDelay");
    settle();
    assertThat(outside.calls.stream().filter("isolate"::equals)).hasSize(1);
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void resendsOnceWhenTheSendProvablyNeverArrivedAndThenAsksAPerson() {
    loseTheAction();
    assertThat(outside.calls.stream().filter("isolate"::equals)).hasSize(2);
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("UNRESOLVED");
    assertThat(process("performAction")).isWaitingAt("userTask_settleUnresolved");
  }

  @Test
  void releasesWhatAPersonFoundIsolated() {
    loseTheAction();
    settleAs("ISOLATED");
    assertThat(process("releaseHost")).isWaitingAt("userTask_releaseHost");
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("UNRESOLVED");
    assertThat(eventTypes()).containsSubsequence("ACTION_UNRESOLVED", "REVIEW_RECORDED");
    assertThat(evidence.entriesOfCase(caseId))
        .filteredOn(entry -> entry.type() == EvidenceType.REVIEW_RECORDED)
        .singleElement()
        .satisfies(entry -> assertThat(entry.json()).contains("sec.lead", "\"finding\":\"ISOLATED\""));
  }

  @Test
  void reviewsWhatAPersonFoundNotIsolated() {
    loseTheAction();
    settleAs("NOT_ISOLATED");
    assertThat(process("containLinuxHost")).isWaitingAt("userTask_reviewOutcome");
    assertThat(outside.calls).doesNotContain("unisolate");
  }

  @Test
  void asksAgainWhenNobodySaidWhatWasFound() {
    loseTheAction();
    completeTask("userTask_settleUnresolved");
    assertThat(process("performAction")).isWaitingAt("userTask_settleUnresolved");
  }

  private void loseTheAction() {
    outside.isolateFails = () -> new MdeAmbiguous("isolate", null);
    approveNow();
    for (int readBack = 0; readBack < 4; readBack++) {
      clock.tick(Duration.ofSeconds(60));
      fireTimer("catchEvent_readBackDelay");
      settle();
    }
  }

  private void settleAs(String finding) {
    playbookTasks.complete(
        task("userTask_settleUnresolved").getId(), SECURITY_LEAD, Map.of("finding", finding, "comment", "seen at the console"));
    settle();
  }

  @Test
  void doesNothingAfterAWithdrawalBeforeTheAnswer() {
    assertThat(withdrawal.withdraw(request().id(), SOC, "FALSE_ALARM").code()).isEqualTo("WITHDRAWN");
    settle();
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(outside.openPages).isEmpty();
    assertThat(cases.find(caseId).orElseThrow().outcome()).isEqualTo("WITHDRAWN");
  }

  @Test
  void leavesTheCaseWithTheSocWhenTheThreatIsStillThere() {
    withdrawal.withdraw(request().id(), SOC, "PROCEDURE_RUNNING");
    settle();
    assertThat(process("containLinuxHost")).isWaitingAt("userTask_decideNext");
  }

  @Test
  void doesNothingAfterAWithdrawalBeforeTheWindow() {
    decide(Verdict.APPROVE, clock.instant().plus(Duration.ofHours(1)));
    settle();
    assertThat(withdrawal.withdraw(request().id(), SOC, "FALSE_ALARM").code()).isEqualTo("WITHDRAWN");
    settle();
    assertThat(outside.calls).doesNotContain("isolate");
  }

  @Test
  void cancelsWhenWithdrawnAfterTheSend() {
    outside.nextStatus = MachineAction.PENDING;
    approveNow();
    assertThat(withdrawal.withdraw(request().id(), SOC, "FALSE_ALARM").code()).isEqualTo("CANCELLING");
    settle();
    assertThat(outside.calls).contains("cancel");
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("CANCELLED");
  }

  @Test
  void asksAPersonWhenTheMachineIsNoLongerAsApproved() {
    outside.healthStatus = "Inactive";
    approveNow();
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(process("containLinuxHost")).isWaitingAt("userTask_reviewOutcome");
  }

  @Test
  void asksAPersonWhenDefenderReplacedTheRecordThatWasApproved() {
    outside.mergedInto = "b".repeat(40);
    approveNow();
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(process("containLinuxHost")).isWaitingAt("userTask_reviewOutcome");
  }

  @Test
  void sendsNothingWhileSomebodyElsesActionIsOpenOnTheMachine() {
    outside.actions.add(
        new MachineAction("other", MachineAction.ISOLATE, MachineAction.PENDING, "Full", OutsideWorld.MACHINE, "portal", "by hand", null, null, 0));
    approveNow();
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(process("performAction")).isWaitingAt("userTask_resolveBusyMachine");
    completeTask("userTask_resolveBusyMachine");
    ProcessInstance playbook = process("containLinuxHost");
    assertThat(playbook).isWaitingAt("userTask_reviewOutcome");
    assertThat(runtime.createVariableInstanceQuery().processInstanceIdIn(playbook.getId()).variableName("actionOutcome").singleResult().getValue()).isEqualTo("FAILED");
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("NOT_SENT");
  }

  @Test
  void asksForReleaseByHandWhenDefenderCannotReleaseTheMachine() {
    approveNow();
    outside.nextStatus = MachineAction.FAILED;
    completeTask("userTask_releaseHost");
    settle();
    assertThat(process("releaseHost")).isWaitingAt("userTask_releaseByHand");
    assertThat(permits.ofCase(caseId)).filteredOn(permit -> "UNISOLATE".equals(permit.action())).singleElement()
        .satisfies(permit -> assertThat(permit.state()).isEqualTo("FAILED"));
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("OPEN");
  }

  @Test
  void wakesPeopleAnewEveryQuarterOfAnHourWhoDoNotReleaseInTime() {
    approveNow();
    clock.set(request().backBy().minusSeconds(1));
    remindOfTheRelease();
    assertThat(outside.openPages).as("not overdue yet").isEmpty();
    clock.set(request().backBy());
    remindOfTheRelease();
    remindOfTheRelease();
    assertThat(outside.openPages).as("security and the service").hasSize(2).allMatch(page -> page.contains("/release-"));
    clock.tick(Duration.ofMinutes(15));
    remindOfTheRelease();
    assertThat(outside.openPages).as("under new keys").hasSize(4);
    assertThat(outside.calls).doesNotContain("unisolate");
    assertThat(process("releaseHost")).isWaitingAt("userTask_releaseHost");
    completeTask("userTask_releaseHost");
    settle();
    assertThat(outside.openPages).isEmpty();
  }

  @Test
  void letsTheMachineBeReleasedWhilePagerDutyIsDown() {
    approveNow();
    outside.pagerDutyIsDown = true;
    clock.set(request().backBy());
    remindOfTheRelease();
    settleThroughAllTries();
    completeTask("userTask_releaseHost");
    settle();
    assertThat(outside.calls).contains("unisolate");
    settleThroughAllTries();
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
    assertThat(eventTypes()).contains("NOTIFY_FAILED");
  }

  private void remindOfTheRelease() {
    fireTimer("startEvent_remindRelease");
    settle();
  }

  @ParameterizedTest
  @CsvSource({"unisolate, NOT_SENT", "action, UNRESOLVED"})
  void asksForReleaseByHandWhenDefenderDoesNotAnswerInTime(String down, String settledAs) {
    approveNow();
    outside.isDown = down::equals;
    completeTask("userTask_releaseHost");
    settle();
    settleAfter(Duration.ofMinutes(14));
    fireTimer("boundaryEvent_tooLong");
    settle();
    assertThat(process("releaseHost")).isWaitingAt("userTask_releaseByHand");
    assertThat(release().state()).isEqualTo(settledAs);
    assertThat(eventTypes()).containsSubsequence("RELEASE_INTENT", "RELEASE_RESULT");
    playbookTasks.complete(task("userTask_releaseByHand").getId(), SECURITY_LEAD, Map.of("finding", "RELEASED"));
    settle();
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
  }

  @Test
  void sendsAReleaseOnceMoreWhenItProvablyNeverArrived() {
    approveNow();
    outside.releaseFails = () -> new MdeAmbiguous("unisolate", null);
    completeTask("userTask_releaseHost");
    settle();
    outside.releaseFails = () -> null;
    for (int readBack = 0; readBack < 2; readBack++) {
      clock.tick(Duration.ofSeconds(60));
      fireTimer("catchEvent_pollInterval");
      settle();
    }
    assertThat(release().state()).isEqualTo("SUCCEEDED");
    assertThat(outside.calls.stream().filter("unisolate"::equals)).hasSize(2);
  }

  private PermitView release() {
    return permits.ofCase(caseId).stream().filter(permit -> "UNISOLATE".equals(permit.action())).findFirst().orElseThrow();
  }

  @Test
  void releasesByPlanWhenThePlanSaysSoAndNothingIsNew() {
    isolateARegisteredMachine();
    assertThat(process("releaseHost")).isWaitingAt("userTask_holdOrRelease");
    assertThat(tickets.isGiven(caseId)).isFalse();
    tickets.give(caseId, SOC, " CHG0031337 ");
    assertThat(tickets.isGiven(caseId)).isTrue();
    clock.set(request().backBy());
    fireTimer("boundaryEvent_planned");
    settle();
    assertThat(outside.calls).contains("unisolate");
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
    pump.flush();
    assertThat(evidence.entriesOfCase(caseId).stream().filter(entry -> entry.type() == EvidenceType.CASE_CLOSED).toList()).singleElement()
        .satisfies(entry -> assertThat(entry.json()).contains("\"ticket\":\"GIVEN\"").doesNotContain("CHG0031337"));
    assertThatThrownBy(() -> tickets.give(caseId, SOC, "CHG2")).isInstanceOf(TaskRefusedException.class);
  }

  @Test
  void leavesTheReleaseToAPersonWhenAnotherAlertCameIn() {
    isolateARegisteredMachine();
    clock.tick(Duration.ofMinutes(1));
    intake.take(alert(UUID.randomUUID().toString()));
    assertThatAPersonReleases();
  }

  /** The alert is older than the isolation, but its case was found to be about this machine only afterwards. */
  @Test
  void leavesTheReleaseToAPersonWhenAnotherCaseWasMergedIn() {
    isolateARegisteredMachine();
    String joining =
        intake.take(
            ("{\"SystemAlertId\":\"" + UUID.randomUUID() + "\",\"AlertSeverity\":\"High\",\"ProviderName\":\"MDATP\",\"Entities\":\"[]\"}")
                .getBytes(StandardCharsets.UTF_8)).get(0).caseId();
    settle();
    jdbc.sql("update alert set received_at = received_at - interval '1 hour' where case_id = ?").param(joining).update();
    clock.tick(Duration.ofMinutes(1));
    String naming = tasks.createTaskQuery().processInstanceBusinessKey(joining).taskDefinitionKey("userTask_resolveAsset").singleResult().getId();
    playbookTasks.complete(naming, SOC, Map.of("assetChoice", OutsideWorld.MACHINE, "reasonCode", "MATCHED_BY_ID"));
    settle();
    assertThat(cases.find(joining).orElseThrow().mergedInto()).isEqualTo(caseId);
    assertThatAPersonReleases();
  }

  @Test
  void leavesTheReleaseToAPersonWhenTheMachineWasIsolatedPastCordonToo() {
    isolateARegisteredMachine();
    jdbc.sql(
            """
            insert into out_of_band_action (mde_action_id, mde_device_id, action, state, case_id, made, seen_at)
            values (:id, :machine, 'ISOLATE', 'SUCCEEDED', :case, :now, :now)""")
        .param("id", UUID.randomUUID().toString()).param("machine", OutsideWorld.MACHINE).param("case", caseId).param("now", SqlTime.of(clock.instant())).update();
    try {
      assertThatAPersonReleases();
    } finally {
      jdbc.sql("delete from out_of_band_action").update();
    }
  }

  private void assertThatAPersonReleases() {
    clock.set(request().backBy());
    fireTimer("boundaryEvent_planned");
    settle();
    assertThat(outside.calls).doesNotContain("unisolate");
    assertThat(process("releaseHost")).isWaitingAt("userTask_releaseHost");
  }

  @ParameterizedTest
  @CsvSource({"HOLD, userTask_releaseHost, false", "RELEASE, , true"})
  void letsSecurityHoldTheMachineOrReleaseItEarlier(String choice, String waitsAt, boolean released) {
    isolateARegisteredMachine();
    playbookTasks.complete(task("userTask_holdOrRelease").getId(), SECURITY_LEAD, Map.of("holdDecision", choice, "reasonCode", "CLEANED"));
    settle();
    assertThat(outside.calls.contains("unisolate")).isEqualTo(released);
    if (waitsAt != null) {
      assertThat(process("releaseHost")).isWaitingAt(waitsAt);
    }
  }

  private void isolateARegisteredMachine() {
    finishWhatIsLeft();
    outside.reset();
    outside.tags = Map.of("System", "PACS", "Env", "Dev", "ContainsPHI", "false", "Egress", "DIRECT");
    RegisteredMachine.asDevelopment(jdbc);
    caseId = intake.take(alert(UUID.randomUUID().toString())).get(0).caseId();
    settle();
    playbookTasks.complete(task("userTask_triage").getId(), SOC, Map.of("triageDecision", "CONTAIN", "reasonCode", "CONFIRMED_THREAT"));
    settle();
    approveNow();
    assertThat(outside.calls).contains("isolate");
  }

  @Test
  void remindsWhoeverLetsATaskPassItsDueDate() {
    String page = "cordon/" + caseId + "/overdue";
    rejectByAll();
    fireTimer("startEvent_remind");
    settle();
    assertThat(outside.openPages).as("not due yet").isEmpty();

    clock.set(clock.instant().plus(Duration.ofHours(1)));
    fireTimer("startEvent_remind");
    settle();
    String first = outside.openPages.first();
    assertThat(outside.openPages).hasSize(1).allMatch(key -> key.startsWith(page));

    fireTimer("startEvent_remind");
    settle();
    assertThat(outside.openPages).as("at once nobody is woken twice").containsExactly(first);
    clock.tick(Duration.ofMinutes(30));
    fireTimer("startEvent_remind");
    settle();
    assertThat(outside.openPages).as("one that was acknowledged wakes nobody again").hasSize(2).contains(first);
    clock.tick(Duration.ofMinutes(30));
    fireTimer("startEvent_remind");
    settle();
    assertThat(outside.openPages).as("no more than two ring").hasSize(2).doesNotContain(first);

    tasks.setDueDate(task("userTask_decideNext").getId(), Date.from(clock.instant().plus(Duration.ofDays(1))));
    fireTimer("startEvent_remind");
    settle();
    assertThat(outside.openPages).isEmpty();
  }

  @Test
  void launchesAPlaybookFromTheTriage() {
    finishWhatIsLeft();
    outside.tags = Map.of();
    caseId = intake.take(alert(UUID.randomUUID().toString())).get(0).caseId();
    settle();
    playbooks.launch(caseId, "containLinuxHost", SOC);
    settle();
    assertThat(process("approveMaintenanceWindow")).isWaitingAt("userTask_decide");
    assertThat(decide(Verdict.APPROVE, null, 1, person("soc.one", Set.of("Clinical.Executive"), Set.of())).code()).isEqualTo("IS_A_REQUESTER");
  }

  @Test
  void asksAgainWhenTheTriageEndsWithoutAChoice() {
    finishWhatIsLeft();
    outside.tags = Map.of();
    caseId = intake.take(alert(UUID.randomUUID().toString())).get(0).caseId();
    settle();
    completeTask("userTask_triage");
    assertThat(process("receiveAlert")).isWaitingAt("userTask_triage");
  }

  @Test
  void takesADecisionThoughTeamsIsDown() {
    finishWhatIsLeft();
    outside.reset();
    outside.teamsIsDown = true;
    caseId = intake.take(alert(UUID.randomUUID().toString())).get(0).caseId();
    settle();
    approveNow();
    assertThat(outside.calls.stream().filter("isolate"::equals)).hasSize(1);
  }

  @Test
  void asksTheSocAtOnceThoughTeamsDiedAfterTheQuestion() {
    outside.teamsIsDown = true;
    rejectByAll();
    assertThat(process("containLinuxHost")).isWaitingAt("userTask_decideNext");
    settleThroughAllTries();
    completeTask("userTask_decideNext");
    settle();
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
    assertThat(eventTypes()).contains("NOTIFY_FAILED");
  }

  @Test
  void closesTheCaseThoughItsCardWasDeletedInTeams() {
    outside.cardsAreGone = true;
    approveNow();
    completeTask("userTask_releaseHost");
    settle();
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
    assertThat(eventTypes()).contains("NOTIFY_FAILED");
  }

  @Test
  void sendsNothingWhenTheMachineChangedWhileDefenderWasAway() {
    outside.isolateFails = () -> new MdeUnavailable("isolate", "not reached");
    approveNow();
    outside.isolateFails = () -> null;
    outside.healthStatus = "Inactive";
    settleAfter(Duration.ofMinutes(2));
    assertThat(sends()).isEqualTo(1);
    assertNotSentAndReviewed();
  }

  @Test
  void takesAlertsWhileTheSignerIsHaltedAndLetsGoOfTheMachineWhenTheIntentIsNotSignedInTime() {
    try {
      jdbc.sql("update evidence_tree_state set size = size + 1").update();
      approveNow();
      assertThat(process("performAction")).isWaitingAt("serviceTask_checkpoint");
      assertThat(pump.halted()).as("the alarm").isPresent();
      assertThat(intake.take(alert(UUID.randomUUID().toString())).get(0).caseId()).isEqualTo(caseId);
      settleAfter(Duration.between(clock.instant(), request().windowTo().minus(Duration.ofMinutes(2))));
    } finally {
      jdbc.sql("update evidence_tree_state set size = size - 1").update();
    }
    assertThat(sends()).isZero();
    assertNotSentAndReviewed();
  }

  @Test
  void permitsNothingForAnotherPlanThanTheApprovedOne() {
    decide(Verdict.APPROVE, clock.instant().plus(Duration.ofHours(1)));
    Plan approved = plans.find(request().planId()).orElseThrow();
    Plan other =
        plans.make(new PlanFacts(caseId, "f".repeat(40), approved.arcId(), "other", "PACS", Route.STRICTEST, 1, 1));
    assertThatThrownBy(() -> permits.intend(request(), other)).isInstanceOf(IllegalArgumentException.class);
    assertThat(permits.ofCase(caseId)).isEmpty();
    PermitView isolation = permits.intend(request(), approved);
    assertThatThrownBy(() -> permits.intendRelease(request(), other, isolation)).isInstanceOf(IllegalArgumentException.class);
    assertThat(permits.ofCase(caseId)).containsExactly(isolation);
  }

  @Test
  void pagesForAStepThatFailedTooOftenAndTriesItAgain() {
    outside.isBroken = "action"::equals;
    approveNow();
    settleThroughAllTries();
    assertThat(stuckSteps.anyIn(caseId)).isTrue();
    outside.isBroken = call -> false;
    fireTimer("startEvent_remind");
    settle();
    assertThat(outside.openPages).anyMatch(key -> key.startsWith("cordon/" + caseId + "/stuck-"));
    assertThat(stuckSteps.anyIn(caseId)).isFalse();
    assertThat(permit().state()).isEqualTo("SUCCEEDED");
    fireTimer("startEvent_remind");
    settle();
    assertThat(outside.openPages).isEmpty();
  }

  @Test
  void sendsWhenDefenderIsBackInsideTheWindow() {
    outside.isolateFails = () -> new MdeUnavailable("isolate", "not reached");
    approveNow();
    assertThat(permit().state()).isEqualTo("INTENDED");
    settleAfter(Duration.ofSeconds(9));
    assertThat(sends()).isEqualTo(1);
    settleAfter(Duration.ofSeconds(1));
    assertThat(sends()).isEqualTo(2);
    outside.isolateFails = () -> null;
    settleAfter(Duration.between(clock.instant(), request().windowTo().minus(Duration.ofSeconds(121))));
    assertThat(outside.actions).hasSize(1);
    assertThat(permit().state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void sendsNothingOnceTheGuardIsReachedAndAsksAPerson() {
    outside.isolateFails = () -> new MdeUnavailable("isolate", "not reached");
    approveNow();
    outside.isolateFails = () -> null;
    settleAfter(Duration.between(clock.instant(), request().windowTo().minus(Duration.ofMinutes(2))));
    assertThat(sends()).isEqualTo(1);
    assertNotSentAndReviewed();
  }

  @Test
  void callsAgainNoSoonerThanDefenderAsked() {
    outside.isolateFails = () -> new MdeThrottled("isolate", Duration.ofSeconds(90));
    approveNow();
    settleAfter(Duration.ofSeconds(89));
    assertThat(sends()).isEqualTo(1);
    outside.isolateFails = () -> null;
    settleAfter(Duration.ofSeconds(1));
    assertThat(sends()).isEqualTo(2);
    assertThat(permit().state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void endsWithTheWindowThoughDefenderAskedForALongerWait() {
    outside.isolateFails = () -> new MdeThrottled("isolate", Duration.ofHours(12));
    approveNow();
    settleAfter(Duration.between(clock.instant(), request().windowTo().minus(Duration.ofMinutes(2))));
    assertThat(sends()).isEqualTo(1);
    assertNotSentAndReviewed();
  }

  @Test
  void looksAgainUntilDefenderIsBack() {
    outside.isDown = "machine"::equals;
    approveNow();
    assertThat(process("containLinuxHost")).isWaitingAt("serviceTask_recheck");
    outside.isDown = "actionsOf"::equals;
    settleAfter(Duration.ofMinutes(30));
    assertThat(process("performAction")).isWaitingAt("serviceTask_lookup");
    assertThat(sends()).isZero();
    outside.isDown = call -> false;
    settleAfter(Duration.ofMinutes(20));
    assertThat(permit().state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void sendsNothingWhenTheMachineCouldNotBeSeenBeforeTheGuard() {
    outside.isDown = "machine"::equals;
    approveNow();
    settleAfter(Duration.between(clock.instant(), request().windowTo().minus(Duration.ofMinutes(2))));
    assertThat(sends()).isZero();
    assertNotSentAndReviewed();
  }

  @Test
  void sendsNothingWhenOpenActionsCouldNotBeSeenBeforeTheGuard() {
    outside.isDown = "actionsOf"::equals;
    approveNow();
    settleAfter(Duration.between(clock.instant(), request().windowTo().minus(Duration.ofMinutes(2))));
    assertThat(sends()).isZero();
    assertNotSentAndReviewed();
  }

  @Test
  void asksAPersonWhenTheReadBackNeverReachesDefender() {
    outside.isolateFails = () -> new MdeAmbiguous("isolate", null);
    approveNow();
    outside.isDown = call -> true;
    fireTimer("catchEvent_readBackDelay");
    settleThroughAllTries();
    assertThat(permit().state()).isEqualTo("UNRESOLVED");
    assertThat(process("performAction")).isWaitingAt("userTask_settleUnresolved");
  }

  @Test
  void watchesOnThroughAnOutageAndAsksAPersonWhenTheCancelNeverReachesDefender() {
    outside.nextStatus = MachineAction.PENDING;
    outside.isDown = "action"::equals;
    approveNow();
    assertThat(process("performAction")).isWaitingAt("catchEvent_pollInterval");
    outside.isDown = call -> true;
    clock.set(request().windowTo());
    fireTimer("boundaryEvent_windowCloses");
    settleThroughAllTries();
    assertThat(permit().state()).isEqualTo("UNRESOLVED");
    assertThat(process("performAction")).isWaitingAt("userTask_settleUnresolved");
  }

  private void assertNotSentAndReviewed() {
    assertThat(permit().state()).isEqualTo("NOT_SENT");
    assertThat(eventTypes().stream().filter(type -> type.startsWith("ACTION_"))).containsExactly("ACTION_INTENT", "ACTION_CANCELLED");
    assertThat(process("containLinuxHost")).isWaitingAt("userTask_reviewOutcome");
  }

  private PermitView permit() {
    return permits.ofCase(caseId).get(0);
  }

  private long sends() {
    return outside.calls.stream().filter("isolate"::equals).count();
  }

  private void settleAfter(Duration step) {
    clock.tick(step);
    settle();
  }

  private void settleThroughAllTries() {
    for (int tries = 0; tries < 5; tries++) {
      settle();
      clock.tick(Duration.ofMinutes(15));
    }
  }

  @Test
  void hasABeanAndAHandlerForEverythingAModelMayCall() {
    assertThat(handlers).extracting(TopicHandler::topic).containsExactlyInAnyOrderElementsOf(ModelCheck.TOPICS);
    assertThat(ModelCheck.BEANS).allSatisfy(bean -> assertThat(context.getBean(bean)).isInstanceOf(JavaDelegate.class));
  }

  /** Deployed past the check on purpose: the engine itself must not find the bean. */
  @ParameterizedTest
  @ValueSource(strings = {"permits", "caseProcesses", "runtimeService", "environment"})
  void reachesNoBeanThatIsNotListed(String bean) {
    assertThat(context.containsBean(bean)).isTrue();
    String id =
        Unchecked.deploy(engine, () -> engine.getRepositoryService().createDeployment()
            .addModelInstance("bad.bpmn", Bpmn.createExecutableProcess("bad").camundaHistoryTimeToLive(1).startEvent().serviceTask()
                .camundaExpression("${" + bean + ".toString()}").endEvent().done())
            .deploy().getId());
    try {
      assertThatThrownBy(() -> runtime.startProcessInstanceByKey("bad")).hasMessageContaining("Cannot resolve identifier '" + bean + "'");
    } finally {
      engine.getRepositoryService().deleteDeployment(id, true);
    }
  }

  @Test
  void keepsNothingOfWhatAFailedJobWasGiven() {
    String id =
        Unchecked.deploy(engine, () -> engine.getRepositoryService().createDeployment()
            .addModelInstance("quotes.bpmn", Bpmn.createExecutableProcess("quotes").camundaHistoryTimeToLive(1).startEvent().serviceTask()
                .camundaAsyncBefore().camundaClass(Quotes.class.getName()).endEvent().done())
            .deploy().getId());
    try {
      String process = runtime.startProcessInstanceByKey("quotes").getId();
      Job job = management.createJobQuery().processInstanceId(process).singleResult();
      for (int tries = 0; tries < 2; tries++) {
        assertThatThrownBy(() -> management.executeJob(job.getId())).hasMessageContaining("Zyxmann");
        management.setJobRetries(job.getId(), 1);
      }
      assertThatThrownBy(() -> management.executeJob(job.getId())).hasMessageContaining("Zyxmann");

      var history = engine.getHistoryService();
      var failed = history.createHistoricJobLogQuery().jobId(job.getId()).failureLog().list().get(0);
      assertThat(List.of(
              management.createJobQuery().jobId(job.getId()).singleResult().getExceptionMessage(), management.getJobExceptionStacktrace(job.getId()),
              failed.getJobExceptionMessage(), history.getHistoricJobLogExceptionStacktrace(failed.getId()),
              runtime.createIncidentQuery().processInstanceId(process).singleResult().getIncidentMessage()))
          .allSatisfy(kept -> assertThat(kept).contains("IllegalStateException").contains("SQLException").doesNotContain("Zyxmann"));
    } finally {
      engine.getRepositoryService().deleteDeployment(id, true);
    }
  }

  /** Fails as a driver does: with what it was given in its message. */
  public static class Quotes implements JavaDelegate {
    @Override
    public void execute(org.camunda.bpm.engine.delegate.DelegateExecution execution) {
      throw new IllegalStateException("failed: Zyxmann", new java.sql.SQLException("Detail: Key (name)=(Zyxmann)"));
    }
  }

  private void approveNow() {
    assertThat(decide(Verdict.APPROVE, null).code()).isEqualTo("GRANTED");
    settle();
    fireTimer("catchEvent_windowOpens");
    settle();
  }

  private DecisionOutcome decide(Verdict verdict, Instant from) {
    return decide(verdict, from, request().requestRevision(), PACS_APPROVER);
  }

  private DecisionOutcome decide(Verdict verdict, Instant from, int revision, Person person) {
    Instant start = from == null ? clock.instant() : from;
    return decisions.decide(
        new Decision(request().id(), revision, verdict, from, start.plus(Duration.ofHours(1)), start.plus(Duration.ofHours(4)),
            ProcedureImpact.NONE_RUNNING, "NO_PATIENT_IMPACT", null, person));
  }

  private ApprovalRequest request() {
    List<ApprovalRequest> all = requests.ofCase(caseId);
    return all.get(all.size() - 1);
  }

  private void settle() {
    worker.runDue();
  }

  private void fireTimer(String activity) {
    List<Job> due =
        management.createJobQuery().activityId(activity).list().stream().filter(job -> caseId.equals(businessKey(job))).toList();
    assertThat(due).as("timers at " + activity).hasSize(1);
    management.executeJob(due.get(0).getId());
  }

  private String businessKey(Job job) {
    return runtime.createProcessInstanceQuery().processInstanceId(job.getProcessInstanceId()).singleResult().getBusinessKey();
  }

  private void completeTask(String key) {
    tasks.complete(task(key).getId());
  }

  private Task task(String key) {
    return tasks.createTaskQuery().processInstanceBusinessKey(caseId).taskDefinitionKey(key).singleResult();
  }

  private ProcessInstance process(String key) {
    return runtime.createProcessInstanceQuery().processInstanceBusinessKey(caseId).processDefinitionKey(key).singleResult();
  }

  private List<String> eventTypes() {
    pump.flush();
    return evidence.entriesOfCase(caseId).stream().map(entry -> entry.type().name()).toList();
  }

  private void finishWhatIsLeft() {
    jdbc.sql("update execution_permit set settled_at = intended_at where settled_at is null").update();
    runtime.createProcessInstanceQuery().rootProcessInstances().list()
        .forEach(left -> {
          cases.close(left.getBusinessKey(), "TEST_ENDED");
          runtime.deleteProcessInstance(left.getId(), "test ended");
        });
  }

  private static byte[] alert(String id) {
    return """
        {"SystemAlertId":"%s","AlertSeverity":"High","ProviderName":"MDATP","AlertName":"x",
         "Entities":"[{\\"$id\\":\\"2\\",\\"HostName\\":\\"pacs-gw-01\\",\\"MdatpDeviceId\\":\\"%s\\",\\"Type\\":\\"host\\"}]"}"""
        .formatted(id, OutsideWorld.MACHINE)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Person person(String oid, Set<String> roles, Set<String> groups) {
    return new Person("tenant", oid, oid, roles, groups);
  }
}
