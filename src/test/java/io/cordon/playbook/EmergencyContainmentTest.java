package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.mde.MdeUnavailable;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.BreakGlass;
import io.cordon.gate.Verdict;
import io.cordon.platform.people.Person;
import io.cordon.testing.RegisteredMachine;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Break-glass on the shipped models: nobody but two leads of two roles, and then at once. */
class EmergencyContainmentTest extends PlayedCase {
  private static final Map<String, String> REVIEW =
      Map.of("emergencyJudgement", "JUSTIFIED", "patientImpact", "NO_IMPACT", "followUp", "CHANGE_ON_CALL", "comment", "seen");

  @Autowired Emergencies emergencies;
  @Autowired Playbooks playbooks;
  @Autowired BreakGlass glass;

  @BeforeEach
  void alertComesIn() {
    openACase();
    clock.tick(Duration.ofMinutes(1));
  }

  /** Ransomware at 3 a.m.: the on-call does not answer, two stand-ins do. */
  @Test
  void isolatesAtOnceWhenClinicalOpsIsSilentAndTwoStandInsAgree() {
    startClean();
    clock.set(clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(27)));
    openACase();
    String silent = request().id();
    letTheDeadlinePass();
    assertThat(requests.find(silent).orElseThrow().state()).isEqualTo(ApprovalState.EXPIRED);

    emergencies.declare(caseId, SOC, "RANSOMWARE_SPREADING", true);
    settle();
    assertThat(process("containLinuxHost")).isNull();
    assertThat(request().approverRole()).isEqualTo("Clinical.Executive");
    assertThat(outside.openPages).as("both leads, each under a key of their own").hasSize(2).allMatch(page -> page.contains("/emergency-"));
    assertThat(count("isolate")).isZero();

    assertThat(agree(SECURITY_LEAD).code()).isEqualTo("WAITS_FOR_SECOND");
    settle();
    assertThat(count("isolate")).isZero();
    assertThat(agree(EXECUTIVE).code()).isEqualTo("GRANTED");
    settle();

    assertThat(count("isolate")).isEqualTo(1);
    assertThat(permits.ofCase(caseId)).singleElement().satisfies(permit -> assertThat(permit.state()).isEqualTo("SUCCEEDED"));
    assertThat(outside.openPages).isEmpty();
    assertThat(process("emergencyContainment")).isWaitingAt("userTask_reviewAfterEmergency", "callActivity_releaseHost");
    assertThat(entries(EvidenceType.BREAK_GLASS)).hasSize(2).first().asString()
        .contains("\"step\":\"DECLARED\"", "\"onCall\":\"NOT_ANSWERED\"", "\"reason\":\"RANSOMWARE_SPREADING\"", "soc.one");
    assertThat(eventTypes()).containsSubsequence("APPROVAL_EXPIRED", "BREAK_GLASS", "PLAN_MADE", "APPROVAL_REQUESTED", "APPROVAL_GRANTED",
        "APPROVAL_GRANTED", "BREAK_GLASS", "ACTION_INTENT", "ACTION_SENT", "ACTION_RESULT");
  }

  @Test
  void isolatesWithEveryChannelDown() {
    outside.teamsIsDown = true;
    outside.pagerDutyIsDown = true;
    emergencies.declare(caseId, SOC, "RANSOMWARE_SPREADING", true);
    settle();
    assertThat(agree(EXECUTIVE).code()).isEqualTo("WAITS_FOR_SECOND");
    assertThat(agree(SECURITY_LEAD).code()).isEqualTo("GRANTED");
    settle();
    assertThat(count("isolate")).isEqualTo(1);
    settleThroughAllTries();
    complete("userTask_releaseHost", SECURITY_LEAD, Map.of("reasonCode", "CLEANED"));
    complete("userTask_reviewAfterEmergency", SECURITY_LEAD, REVIEW);
    settleThroughAllTries();
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
  }

  @Test
  void closesNoCaseBeforeTheReview() {
    breakTheGlass();
    complete("userTask_releaseHost", SECURITY_LEAD, Map.of("reasonCode", "CLEANED"));
    assertThat(count("unisolate")).isEqualTo(1);
    assertThat(process("emergencyContainment")).isWaitingAt("userTask_reviewAfterEmergency").hasNotPassed("gateway_over");
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("OPEN");
    assertThat(task("userTask_reviewAfterEmergency").getDueDate().toInstant()).isEqualTo(clock.instant().plus(Duration.ofDays(3)));
    assertThatThrownBy(() -> complete("userTask_reviewAfterEmergency", SECURITY_LEAD, Map.of())).isInstanceOf(TaskRefusedException.class);
    complete("userTask_reviewAfterEmergency", SECURITY_LEAD, REVIEW);
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
    assertThat(eventTypes()).containsSubsequence("RELEASE_RESULT", "REVIEW_RECORDED", "CASE_CLOSED");
    assertThat(entries(EvidenceType.REVIEW_RECORDED)).last().asString().contains("\"emergencyJudgement\":\"JUSTIFIED\"").doesNotContain("seen");
  }

  @Test
  void remindsOfAReviewThatIsOverdue() {
    breakTheGlass();
    complete("userTask_releaseHost", SECURITY_LEAD, Map.of("reasonCode", "CLEANED"));
    clock.tick(Duration.ofDays(3));
    fireTimer("startEvent_remind");
    settle();
    assertThat(outside.openPages).hasSize(1).allMatch(key -> key.startsWith("cordon/" + caseId + "/overdue-"));
    complete("userTask_reviewAfterEmergency", SECURITY_LEAD, REVIEW);
    assertThat(outside.openPages).isEmpty();
  }

  @Test
  void asksTheOnCallFirstAndTheExecutiveOnceTheySaidNothing() {
    emergencies.declare(caseId, SOC, "ATTACKER_ACTIVE", false);
    settle();
    assertThat(request().approverRole()).isEqualTo("Clinical.Approver");
    assertThat(agree(EXECUTIVE).code()).isEqualTo("ROLE_MISSING");
    letTheDeadlinePass();
    assertThat(request().approverRole()).isEqualTo("Clinical.Executive");
    assertThat(agree(EXECUTIVE).code()).isEqualTo("WAITS_FOR_SECOND");
    assertThat(agree(SECURITY_LEAD).code()).isEqualTo("GRANTED");
  }

  @Test
  void takesTwoPeopleOfTwoRolesWhoDidNotAskForIt() {
    Person both = new Person("tenant", "both", "both", Set.of("Clinical.Executive", "Security.Lead"), Set.of());
    emergencies.declare(caseId, SOC, "ATTACKER_ACTIVE", true);
    settle();
    assertThat(agree(new Person("tenant", "soc.one", "x", Set.of("Clinical.Executive"), Set.of())).code()).isEqualTo("IS_A_REQUESTER");
    assertThat(agree(SOC).code()).isEqualTo("IS_A_REQUESTER");
    assertThat(agree(PACS_APPROVER).code()).isEqualTo("ROLE_MISSING");
    assertThat(agree(both).code()).isEqualTo("WAITS_FOR_SECOND");
    assertThat(agree(both).code()).as("the same person again").isEqualTo("WAITS_FOR_SECOND");
    assertThat(agree(EXECUTIVE).code()).as("the same role again").isEqualTo("WAITS_FOR_SECOND");
    settle();
    assertThat(count("isolate")).isZero();
    assertThat(agree(SECURITY_LEAD).code()).isEqualTo("GRANTED");
  }

  @Test
  void letsALeadDeclareItAndAgree() {
    emergencies.declare(caseId, SECURITY_LEAD, "ATTACKER_ACTIVE", true);
    settle();
    assertThat(agree(SECURITY_LEAD).code()).isEqualTo("WAITS_FOR_SECOND");
    assertThat(agree(EXECUTIVE).code()).isEqualTo("GRANTED");
  }

  @Test
  void doesNothingWhenOneOfThemRefuses() {
    emergencies.declare(caseId, SOC, "ATTACKER_ACTIVE", true);
    settle();
    agree(SECURITY_LEAD);
    assertThat(answer(Verdict.REJECT, EXECUTIVE).code()).isEqualTo("REJECTED");
    settle();
    assertThat(process("emergencyContainment")).isWaitingAt("userTask_decideNext");
    assertThat(count("isolate")).isZero();
    assertThat(outside.openPages).isEmpty();
  }

  @Test
  void canBeDeclaredAgainAfterNobodyAgreed() {
    emergencies.declare(caseId, SOC, "ATTACKER_ACTIVE", true);
    settle();
    letTheDeadlinePass();
    assertThat(process("emergencyContainment")).isWaitingAt("userTask_decideNext");
    emergencies.declare(caseId, SOC, "RANSOMWARE_SPREADING", true);
    settle();
    assertThat(request().state()).isEqualTo(ApprovalState.PENDING);
    agree(EXECUTIVE);
    assertThat(agree(SECURITY_LEAD).code()).isEqualTo("GRANTED");
    settle();
    assertThat(count("isolate")).isEqualTo(1);
  }

  @Test
  void closesTheCaseWhenItWasAFalseAlarm() {
    emergencies.declare(caseId, SOC, "ATTACKER_ACTIVE", true);
    settle();
    withdrawal.withdraw(request().id(), SOC, "FALSE_ALARM");
    settle();
    assertThat(count("isolate")).isZero();
    assertThat(outside.openPages).isEmpty();
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
  }

  @Test
  void voidsWhatWasAskedBeforeAndTakesNoAnswerToIt() {
    String before = request().id();
    answer(Verdict.APPROVE, PACS_APPROVER);
    settle();
    emergencies.declare(caseId, SOC, "RANSOMWARE_SPREADING", true);
    settle();
    assertThat(requests.find(before).orElseThrow().state()).isEqualTo(ApprovalState.VOIDED);
    assertThat(entries(EvidenceType.APPROVAL_VOIDED)).singleElement().asString().contains("EMERGENCY");
    assertThat(permits.ofCase(caseId)).isEmpty();
  }

  @Test
  void waitsForAnOfflineMachineUntilTheEmergencyEnds() {
    outside.healthStatus = "Inactive";
    outside.nextStatus = MachineAction.PENDING;
    breakTheGlass();
    assertThat(count("isolate")).isEqualTo(1);
    assertThat(process("performAction")).isWaitingAt("catchEvent_pollInterval");
    clock.set(request().windowTo());
    fireTimer("boundaryEvent_windowCloses");
    settle();
    assertThat(count("cancel")).isEqualTo(1);
    assertThat(process("emergencyContainment")).isWaitingAt("userTask_reviewOutcome", "userTask_reviewAfterEmergency");
  }

  @Test
  void sendsToAnOfflineMachineAlsoAfterDefenderWasAway() {
    outside.isolateFails = () -> new MdeUnavailable("isolate", "not reached");
    breakTheGlass();
    outside.isolateFails = () -> null;
    outside.healthStatus = "Inactive";
    clock.tick(Duration.ofMinutes(5));
    settle();
    assertThat(permits.ofCase(caseId)).singleElement().satisfies(permit -> assertThat(permit.state()).isEqualTo("SUCCEEDED"));
  }

  @Test
  void isNotPossibleWhileAnActionIsOnItsWayOrTheMachineIsIsolated() {
    outside.nextStatus = MachineAction.PENDING;
    answer(Verdict.APPROVE, PACS_APPROVER);
    settle();
    fireTimer("catchEvent_windowOpens");
    settle();
    assertRefused("ALREADY_ACTING");
    outside.nextStatus = MachineAction.SUCCEEDED;
    fireTimer("catchEvent_pollInterval");
    settle();
    assertRefused("ALREADY_ISOLATED");
    assertThat(eventTypes()).doesNotContain("BREAK_GLASS");
  }

  @Test
  void isDeclaredOnceAndByTheRightPeople() {
    assertThatThrownBy(() -> emergencies.declare(caseId, person("aud.one", "Auditor", "none"), "ATTACKER_ACTIVE", true)).hasMessage("TASK_OF_OTHERS");
    assertThatThrownBy(() -> emergencies.declare(caseId, SOC, "BECAUSE", true)).hasMessage("INVALID_FIELDS");
    emergencies.declare(caseId, SOC, "ATTACKER_ACTIVE", true);
    assertRefused("NOT_NOW");
  }

  /** The register forbids to isolate it: the executive is asked at once, and the two can override. */
  @Test
  void letsTwoNamedLeadsOverrideTheRegister() {
    startClean();
    RegisteredMachine.forbid(jdbc);
    openACase();
    clock.tick(Duration.ofMinutes(1));
    assertThat(process("receiveAlert")).isWaitingAt("userTask_triage");
    emergencies.declare(caseId, SOC, "RANSOMWARE_SPREADING", false);
    settle();
    assertThat(request().approverRole()).isEqualTo("Clinical.Executive");
    agree(EXECUTIVE);
    assertThat(agree(SECURITY_LEAD).code()).isEqualTo("GRANTED");
    settle();
    assertThat(count("isolate")).isEqualTo(1);
  }

  @Test
  void countsEmergenciesAndRefusesNone() {
    int before = glass.inThirtyDays();
    for (int again = 1; again <= 4; again++) {
      emergencies.declare(caseId, SOC, "ATTACKER_ACTIVE", true);
      settle();
      letTheDeadlinePass();
      assertThat(glass.inThirtyDays()).isEqualTo(before + again);
    }
    clock.tick(Duration.ofDays(31));
    assertThat(glass.inThirtyDays()).isZero();
  }

  private void breakTheGlass() {
    emergencies.declare(caseId, SOC, "RANSOMWARE_SPREADING", true);
    settle();
    agree(EXECUTIVE);
    assertThat(agree(SECURITY_LEAD).code()).isEqualTo("GRANTED");
    settle();
  }

  private void assertRefused(String code) {
    assertThatThrownBy(() -> emergencies.declare(caseId, SOC, "ATTACKER_ACTIVE", true)).isInstanceOf(TaskRefusedException.class).hasMessage(code);
  }
}
