package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.watch.ActionWatch;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalHistory;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.Decision;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.PermitView;
import io.cordon.gate.PlanChange;
import io.cordon.gate.PlanTarget;
import io.cordon.gate.Plans;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.Seen;
import io.cordon.gate.Verdict;
import io.cordon.platform.people.Person;
import io.cordon.playbook.campaign.Campaigns;
import io.cordon.testing.OutsideWorld;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An attack on many machines: one question for each clinical service, and each machine goes its own way. */
class CampaignTest extends PlayedCase {
  private static final String SECOND = "2".repeat(40);
  private static final String THIRD = "3".repeat(40);
  private static final String EHR = "e".repeat(40);
  private static final Map<String, String> UNCLEAR = Map.of("System", "PACS", "ContainsPHI", "true", "Egress", "DIRECT");
  private static final Person OTHER_SOC = person("soc.two", "Soc.Analyst", "none");

  @Autowired ActionWatch watch;
  @Autowired Campaigns campaigns;
  @Autowired Plans plans;
  @Autowired ApprovalHistory history;
  @Autowired StuckSteps stuck;

  private String secondCase;

  @BeforeEach
  void openTwoCasesThatWaitForTriage() {
    outside.tags = UNCLEAR;
    outside.addMachine(SECOND, "pacs-gw-02", UNCLEAR);
    outside.addMachine(THIRD, "pacs-gw-03", UNCLEAR);
    outside.addMachine(EHR, "ehr-app-01", Map.of("System", "EHR", "ContainsPHI", "true", "Egress", "DIRECT"));
    secondCase = intake.take(alertOf(SECOND)).get(0).caseId();
    openACase();
    assertThat(task("userTask_triage")).isNotNull();
  }

  @Test
  void asksOnceAboutAllAndIsolatesThoseThatWereNotLeftOut() {
    launch(secondCase, THIRD);
    assertThat(requests.ofCase(caseId)).hasSize(1);
    assertThat(plans.targets(request().planId())).extracting(PlanTarget::machineName).containsExactly("pacs-gw-01", "pacs-gw-02", "pacs-gw-03");
    assertThat(count("card")).isEqualTo(1);
    assertThat(outside.cards.get(0).toString()).contains("3 machines", "pacs-gw-01, pacs-gw-02, pacs-gw-03");

    assertThat(approve(Set.of(THIRD)).code()).isEqualTo("WAITS_FOR_SECOND");
    assertThat(answer(Verdict.APPROVE, SECURITY_LEAD).code()).isEqualTo("GRANTED");
    assertThat(entries(EvidenceType.APPROVAL_GRANTED)).allMatch(entry -> entry.contains(THIRD));
    openTheWindow();

    assertThat(outside.actions).extracting(MachineAction::machineId).containsExactlyInAnyOrder(OutsideWorld.MACHINE, SECOND);
    assertThat(permits.ofCase(caseId)).extracting(PermitView::targetOrdinal).containsExactlyInAnyOrder(0, 1);
    assertThatThrownBy(() -> permits.intend(request(), plans.find(request().planId()).orElseThrow(), 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void forgetsWhichMachinesWereLeftOutWhenItIsPutOnHold() {
    launch(secondCase);
    assertThat(approve(Set.of(SECOND)).code()).isEqualTo("WAITS_FOR_SECOND");
    assertThat(decisions.leftOut(request().id())).containsExactly(SECOND);
    assertThat(answer(Verdict.HOLD, SECURITY_LEAD).code()).isEqualTo("HELD");
    assertThat(decisions.leftOut(request().id())).isEmpty();
  }

  @Test
  void releasesEachMachineByItself() {
    launch(secondCase);
    grant();
    openTheWindow();
    List<TaskView> releases = playbookTasks.ofCase(caseId).stream().filter(task -> "userTask_releaseHost".equals(task.key())).toList();
    assertThat(releases).extracting(TaskView::machine).containsExactlyInAnyOrder("pacs-gw-01", "pacs-gw-02");

    TaskView second = releases.stream().filter(task -> "pacs-gw-02".equals(task.machine())).findFirst().orElseThrow();
    playbookTasks.complete(second.id(), SECURITY_LEAD, Map.of("reasonCode", "CLEANED"));
    settle();
    assertThat(outside.actions).filteredOn(action -> MachineAction.UNISOLATE.equals(action.type())).extracting(MachineAction::machineId)
        .containsExactly(SECOND);
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("OPEN");

    complete("userTask_releaseHost", SECURITY_LEAD, Map.of("reasonCode", "CLEANED"));
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
  }

  @Test
  void letsOneMachineThatCannotBeIsolatedHoldUpNoOther() {
    launch(secondCase);
    grant();
    outside.actions.add(new MachineAction("other", MachineAction.ISOLATE, MachineAction.PENDING, "Full", SECOND, "portal", "by hand", null, null, 0));
    openTheWindow();
    assertThat(permits.ofCase(caseId)).extracting(PermitView::mdeDeviceId, PermitView::state)
        .containsExactlyInAnyOrder(tuple(OutsideWorld.MACHINE, "SUCCEEDED"), tuple(SECOND, "NOT_SENT"));
    assertThat(playbookTasks.ofCase(caseId)).extracting(TaskView::key, TaskView::machine)
        .contains(tuple("userTask_resolveBusyMachine", "pacs-gw-02"), tuple("userTask_releaseHost", "pacs-gw-01"));
  }

  /** Another case's action stands on one machine; its permit cannot be written, and the others go on. */
  @Test
  void letsOneMachineWhosePermitCannotBeWrittenHoldUpNoOther() {
    launch(secondCase, THIRD);
    grant();
    jdbc.sql(
            """
            insert into execution_permit (id, case_id, approval_id, target_ordinal, action, attempt, mde_device_id, decision_hash, token, state, not_after,
                intent_stage, intended_at)
            select 'x-other', case_id, id, 99, 'ISOLATE', 1, ?, decision_hash, 'cordon:x-other', 'SENDING', window_to, gen_random_uuid(), window_from
              from approval_request where id = ?""")
        .params(SECOND, request().id()).update();
    openTheWindow();
    assertThat(outside.actions).extracting(MachineAction::machineId).containsExactlyInAnyOrder(OutsideWorld.MACHINE, THIRD);
    assertThat(stuck.anyIn(caseId)).as("people are told of the one that cannot go on").isTrue();

    jdbc.sql("update execution_permit set settled_at = intended_at where id = 'x-other'").update();
    stuck.tryAgain(caseId);
    settle();
    assertThat(outside.actions).extracting(MachineAction::machineId).containsExactlyInAnyOrder(OutsideWorld.MACHINE, THIRD, SECOND);
    assertThat(stuck.anyIn(caseId)).isFalse();
  }

  @Test
  void refusesAMachineThatGotACaseOfItsOwnWhileTheOthersWereProved() {
    launchWhileAnAlertComesInAbout(THIRD, () -> campaigns.start(caseId, "containLinuxHost", List.of(THIRD, secondCase), SOC), 1);
    assertThat(requests.ofCase(caseId)).isEmpty();
    assertThat(task("userTask_triage")).as("nothing was begun").isNotNull();
    assertThat(taskOf(secondCase)).as("and nothing joined").isNotNull();

    String third = cases.openCaseOfMachine(THIRD, "").orElseThrow();
    cases.close(third, "TEST_ENDED");
    runtime.deleteProcessInstance(runtime.createProcessInstanceQuery().processInstanceBusinessKey(third).singleResult().getId(), "test ended");
    launch(secondCase);
    launchWhileAnAlertComesInAbout(THIRD, () -> campaigns.change(request().id(), List.of(THIRD, SECOND), SOC), 1);
    assertThat(request().state()).isEqualTo(ApprovalState.PENDING);
    assertThat(plans.targets(request().planId())).extracting(PlanTarget::machineName).containsExactly("pacs-gw-01", "pacs-gw-02");
  }

  private void launchWhileAnAlertComesInAbout(String machine, ThrowableAssert.ThrowingCallable launch, int place) {
    AtomicBoolean late = new AtomicBoolean();
    outside.devices = id -> {
      if (SECOND.equals(id) && late.compareAndSet(false, true)) {
        intake.take(alertOf(machine));
      }
      return OutsideWorld.healthy(id);
    };
    assertThatThrownBy(launch).hasMessage("TARGET_HAS_ITS_OWN").extracting("place").isEqualTo(place);
    assertThat(late).as("the alert came in between").isTrue();
    outside.devices = OutsideWorld::healthy;
  }

  @Test
  void staysOpenWhileAnotherOfItsMachinesIsIsolatedPastCordon() {
    jdbc.sql("delete from out_of_band_action").update();
    jdbc.sql("delete from action_watch").update();
    outside.actions.add(new MachineAction("portal", MachineAction.ISOLATE, MachineAction.SUCCEEDED, "Full", SECOND, "portal", "by hand", clock.instant(), null, 0));
    watch.runDue();
    launch(secondCase);
    withdrawal.withdraw(request().id(), SOC, "FALSE_ALARM");
    settle();
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("OPEN");
    complete("userTask_releaseOutside", SECURITY_LEAD, Map.of("finding", "NEEDS_NONE"));
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
  }

  @Test
  void saysWhatIsIsolatedWhenTheRestIsTakenBack() {
    launch(secondCase);
    grant();
    outside.actions.add(new MachineAction("other", MachineAction.ISOLATE, MachineAction.PENDING, "Full", SECOND, "portal", "by hand", null, null, 0));
    assertThat(history.wasActedOn(request().id())).isFalse();
    openTheWindow();
    jdbc.sql("update execution_permit set settled_at = null, state = 'INTENDED' where approval_id = ? and mde_device_id = ?").params(request().id(), SECOND).update();
    DecisionOutcome outcome = withdrawal.withdraw(request().id(), OTHER_SOC, "FALSE_ALARM");

    assertThat(outcome.message()).contains("What was already done is not undone").doesNotContain("the case is closed");
    assertThat(history.wasActedOn(request().id())).as("what the card says").isTrue();
  }

  @Test
  void takesTheOtherCaseInAndBringsItsLaterAlertsHere() {
    launch(secondCase);
    assertThat(cases.find(secondCase).orElseThrow().mergedInto()).isEqualTo(caseId);
    assertThat(runtime.createProcessInstanceQuery().processInstanceBusinessKey(secondCase).count()).as("its playbook has ended").isZero();
    assertThat(intake.take(alertOf(SECOND)).get(0).caseId()).isEqualTo(caseId);
  }

  @Test
  void asksEachClinicalServiceOnItsOwn() {
    launch(EHR);
    List<ApprovalRequest> asked = requests.ofCase(caseId);
    assertThat(asked).extracting(ApprovalRequest::clinicalService).containsExactlyInAnyOrder("PACS", "EHR");
    ApprovalRequest ofEhr = asked.stream().filter(one -> "EHR".equals(one.clinicalService())).findFirst().orElseThrow();
    withdrawal.withdraw(ofEhr.id(), OTHER_SOC, "PROCEDURE_RUNNING");
    settle();
    ApprovalRequest ofPacs = asked.stream().filter(one -> "PACS".equals(one.clinicalService())).findFirst().orElseThrow();
    assertThat(requests.find(ofPacs.id()).orElseThrow().state()).as("the other question stands").isEqualTo(ApprovalState.PENDING);
    assertThat(task("userTask_decide")).as("and waits").isNotNull();
  }

  @Test
  void letsAlertsJoinWhileOneServiceIsDoneAndTheOtherIsAboutToAct() {
    launch(EHR);
    for (ApprovalRequest asked : requests.ofCase(caseId)) {
      if ("EHR".equals(asked.clinicalService())) {
        withdrawal.withdraw(asked.id(), OTHER_SOC, "PROCEDURE_RUNNING");
      } else {
        assertThat(yes(asked, PACS_APPROVER)).isEqualTo("WAITS_FOR_SECOND");
        assertThat(yes(asked, SECURITY_LEAD)).isEqualTo("GRANTED");
      }
    }
    settle();
    assertThat(task("userTask_decideNext")).as("of the one").isNotNull();
    fireTimer("catchEvent_windowOpens");
    assertThat(runtime.createExecutionQuery().activityId("serviceTask_recheck").count()).as("the other looks again").isEqualTo(1);
    assertThat(intake.take(alert()).get(0).caseId()).isEqualTo(caseId);
  }

  private String yes(ApprovalRequest asked, Person person) {
    ApprovalRequest now = requests.find(asked.id()).orElseThrow();
    return decisions.decide(
        new Decision(now.id(), now.requestRevision(), Verdict.APPROVE, null, clock.instant().plus(Duration.ofHours(1)),
            clock.instant().plus(Duration.ofHours(4)), ProcedureImpact.NONE_RUNNING, "THREAT_OUTWEIGHS_DOWNTIME", null, person,
            new Seen(null, null, decisions.machinesToConfirm(now)), Set.of())).code();
  }

  @Test
  void refusesEverybodyWhoWorkedOnOneOfTheCases() {
    cases.requestedBy(secondCase, person("both", "Clinical.Approver", "group-pacs"), "userTask_resolveAsset");
    launch(secondCase);
    assertThat(answer(Verdict.APPROVE, person("both", "Clinical.Approver", "group-pacs")).code()).isEqualTo("IS_A_REQUESTER");
    assertThat(answer(Verdict.APPROVE, person("soc.one", "Clinical.Approver", "group-pacs")).code()).isEqualTo("IS_A_REQUESTER");
  }

  @Test
  void asksAnewWhenThePlanChangesAndSaysWhatChanged() {
    launch(secondCase);
    ApprovalRequest first = request();
    assertThat(approve(Set.of()).code()).isEqualTo("WAITS_FOR_SECOND");
    clock.tick(Duration.ofSeconds(1));
    campaigns.change(first.id(), List.of(OutsideWorld.MACHINE, THIRD), OTHER_SOC);
    settle();

    assertThat(requests.find(first.id()).orElseThrow().state()).isEqualTo(ApprovalState.VOIDED);
    assertThat(request().planId()).isNotEqualTo(first.planId());
    assertThat(history.changes(request()))
        .extracting(PlanChange::what)
        .containsExactlyInAnyOrder("/machines/" + SECOND, "/machines/" + THIRD);
    assertThat(history.changes(first)).isEmpty();
    assertThat(answer(Verdict.APPROVE, person("soc.two", "Security.Lead", "none")).code()).isEqualTo("IS_A_REQUESTER");
    assertThat(answer(Verdict.APPROVE, SECURITY_LEAD).code()).as("nothing of the first yes counts").isEqualTo("CLINICAL_ANSWERS_FIRST");
    grant();
    openTheWindow();
    assertThat(outside.actions).extracting(MachineAction::machineId).containsExactlyInAnyOrder(OutsideWorld.MACHINE, THIRD);
  }

  @Test
  void refusesMachinesThatCannotBePartOfIt() {
    outside.addMachine("9".repeat(40), "pacs-never", Map.of("System", "PACS", "Env", "Prod", "NeverIsolate", "true"));
    assertRefused("TARGET_UNKNOWN", "8".repeat(40));
    assertRefused("TARGET_UNKNOWN", "pacs-gw-02");
    assertRefused("TARGET_NEVER_ISOLATED", "9".repeat(40));
    playbookTasks.complete(taskOf(secondCase), SOC, Map.of("triageDecision", "CONTAIN", "reasonCode", "CONFIRMED_THREAT"));
    settle();
    assertRefused("TARGET_HAS_ITS_OWN", SECOND);
    assertThat(requests.ofCase(caseId)).isEmpty();
    assertThatThrownBy(() -> campaigns.start(caseId, "containLinuxHost", List.of(THIRD), SECURITY_LEAD)).hasMessage("TASK_OF_OTHERS");
  }

  @Test
  void changesNothingThatIsSettledOrOfAnotherService() {
    launch(secondCase);
    assertThatThrownBy(() -> campaigns.change(request().id(), List.of(EHR), SOC)).hasMessage("TARGET_OF_OTHER_SERVICE");
    assertThatThrownBy(() -> campaigns.change(request().id(), List.of(), SOC)).hasMessage("PLAN_CANNOT_CHANGE");
    grant();
    assertThatThrownBy(() -> campaigns.change(request().id(), List.of(THIRD), SOC)).hasMessage("PLAN_CANNOT_CHANGE");
  }

  @Test
  void cancelsWhatIsOnItsWayOnEveryMachineWhenWithdrawn() {
    outside.nextStatus = MachineAction.PENDING;
    launch(secondCase);
    grant();
    openTheWindow();
    assertThat(withdrawal.withdraw(request().id(), OTHER_SOC, "PROCEDURE_RUNNING").code()).isEqualTo("CANCELLING");
    assertThat(history.wasActedOn(request().id())).isTrue();
    settle();
    assertThat(history.wasActedOn(request().id())).as("nothing of it reached a machine").isFalse();
    assertThat(permits.ofCase(caseId)).extracting(PermitView::state).containsOnly("CANCELLED");
  }

  private void launch(String... others) {
    campaigns.start(caseId, "containLinuxHost", List.of(others), SOC);
    settle();
  }

  private void assertRefused(String code, String target) {
    assertThatThrownBy(() -> campaigns.start(caseId, "containLinuxHost", List.of(target), SOC)).hasMessage(code);
  }

  private DecisionOutcome approve(Set<String> leftOut) {
    return decisions.decide(
        new Decision(request().id(), request().requestRevision(), Verdict.APPROVE, null, clock.instant().plus(Duration.ofHours(1)),
            clock.instant().plus(Duration.ofHours(4)), ProcedureImpact.NONE_RUNNING, "THREAT_OUTWEIGHS_DOWNTIME", null, PACS_APPROVER,
            new Seen(null, null, decisions.machinesToConfirm(request())), leftOut));
  }

  private void grant() {
    assertThat(approve(Set.of()).code()).isEqualTo("WAITS_FOR_SECOND");
    assertThat(answer(Verdict.APPROVE, SECURITY_LEAD).code()).isEqualTo("GRANTED");
    settle();
  }

  private void openTheWindow() {
    settle();
    fireTimer("catchEvent_windowOpens");
    settle();
  }

  private String taskOf(String otherCase) {
    return tasks.createTaskQuery().processInstanceBusinessKey(otherCase).taskDefinitionKey("userTask_triage").singleResult().getId();
  }

  private static byte[] alertOf(String machine) {
    return """
        {"SystemAlertId":"%s","AlertSeverity":"High","ProviderName":"MDATP","AlertName":"x",
         "Entities":"[{\\"$id\\":\\"2\\",\\"HostName\\":\\"x\\",\\"MdatpDeviceId\\":\\"%s\\",\\"Type\\":\\"host\\"}]"}"""
        .formatted(UUID.randomUUID(), machine)
        .getBytes(StandardCharsets.UTF_8);
  }
}
