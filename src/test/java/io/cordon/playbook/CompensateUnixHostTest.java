package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.cordon.evidence.EvidenceType;
import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import io.cordon.gate.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An AIX host that only sends syslog: asked about like any other, protected by people, never by Defender. */
class CompensateUnixHostTest extends PlayedCase {
  private static final Map<String, String> APPLIED =
      Map.of("controlApplied", "YES", "control", "FIREWALL_RULE", "proof", "CHG0012345", "comment", "rule on both firewalls");

  @Autowired Playbooks playbooks;
  @Autowired Emergencies emergencies;
  @Autowired Plans plans;

  @AfterEach
  void nothingWentToDefender() {
    assertThat(outside.calls).doesNotContain("isolate", "unisolate", "cancel");
    assertThat(permits.ofCase(caseId)).isEmpty();
  }

  @Test
  void protectsTheHostInTheWindowAndTakesTheControlBack() {
    askAboutTheHost();
    assertThat(request().approverRole()).as("nobody is known to answer for the host").isEqualTo("Clinical.Executive");
    grant();
    fireTimer("catchEvent_windowOpens");
    settle();
    assertThat(process("compensateUnixHost")).isWaitingAt("userTask_applyControl");
    assertThat(task("userTask_applyControl").getDueDate().toInstant()).isEqualTo(request().windowTo());
    complete("userTask_applyControl", SOC, APPLIED);
    assertThat(process("compensateUnixHost")).isWaitingAt("userTask_takeBack");
    assertThat(task("userTask_takeBack").getDueDate().toInstant()).isEqualTo(request().backBy());
    complete("userTask_takeBack", SECURITY_LEAD, Map.of("done", "true"));

    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
    assertThat(outside.openPages).isEmpty();
    assertThat(entries(EvidenceType.COMPENSATING_CONTROL)).hasSize(2)
        .allSatisfy(json -> assertThat(json).contains("\"control\":\"FIREWALL_RULE\"", request().decisionHash()))
        .first().asString().contains("\"step\":\"APPLIED\"");
    assertThat(String.join("", entries(EvidenceType.REVIEW_RECORDED))).as("proof is sealed").doesNotContain("CHG0012345").contains("task-proof");
    assertThat(eventTypes()).containsSubsequence("ASSET_RESOLVED", "POLICY_DECIDED", "PLAN_MADE", "APPROVAL_REQUESTED", "APPROVAL_GRANTED",
        "APPROVAL_GRANTED", "REVIEW_RECORDED", "COMPENSATING_CONTROL", "REVIEW_RECORDED", "COMPENSATING_CONTROL", "CASE_CLOSED");
  }

  @Test
  void changesNothingWhenItIsRejected() {
    askAboutTheHost();
    answer(Verdict.REJECT, EXECUTIVE);
    settle();
    assertThat(process("compensateUnixHost")).isWaitingAt("userTask_decideNext").hasNotPassed("userTask_applyControl");
    complete("userTask_decideNext", SOC, Map.of("control", "WATCHED_CLOSELY", "done", "true", "reasonCode", "WINDOW_REJECTED"));
    assertThat(entries(EvidenceType.COMPENSATING_CONTROL)).singleElement().asString().contains("\"control\":\"WATCHED_CLOSELY\"", "\"step\":\"CONFIRMED\"");
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
  }

  @Test
  void changesNothingWhenNobodyAnswers() {
    askAboutTheHost();
    letTheDeadlinePass();
    assertThat(process("compensateUnixHost")).isWaitingAt("userTask_decideNext");
    assertThat(outside.openPages).isEmpty();
  }

  @Test
  void asksSecurityWhenTheWindowClosedBeforeItWasCarriedOut() {
    askAboutTheHost();
    grant();
    fireTimer("catchEvent_windowOpens");
    clock.set(request().windowTo());
    fireTimer("boundaryEvent_windowCloses");
    settle();
    assertThat(process("compensateUnixHost")).isWaitingAt("userTask_reviewControl").hasNotPassed("serviceTask_recordControl");
  }

  @Test
  void asksSecurityWhenItCouldNotBeCarriedOut() {
    askAboutTheHost();
    grant();
    fireTimer("catchEvent_windowOpens");
    complete("userTask_applyControl", SOC, Map.of("controlApplied", "NO", "control", "NOT_DONE", "proof", "CHG0012345"));
    assertThat(process("compensateUnixHost")).isWaitingAt("userTask_reviewControl");
    assertThat(eventTypes()).doesNotContain("COMPENSATING_CONTROL");
  }

  @Test
  void stopsWhenItIsTakenBackBeforeOrInTheWindow() {
    askAboutTheHost();
    grant();
    withdrawal.withdraw(request().id(), SOC, "FALSE_ALARM");
    settle();
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");

    startClean();
    askAboutTheHost();
    grant();
    fireTimer("catchEvent_windowOpens");
    withdrawal.withdraw(request().id(), SOC, "RISK_TO_PATIENTS");
    settle();
    assertThat(process("compensateUnixHost")).isWaitingAt("userTask_decideNext").hasPassed("endEvent_withdrawnInTime");
  }

  @Test
  void goesOnThoughEveryChannelIsDown() {
    outside.teamsIsDown = true;
    outside.pagerDutyIsDown = true;
    askAboutTheHost();
    grant();
    fireTimer("catchEvent_windowOpens");
    complete("userTask_applyControl", SOC, APPLIED);
    complete("userTask_takeBack", SECURITY_LEAD, Map.of("done", "true"));
    settleThroughAllTries(); // to say what was decided
    settleThroughAllTries(); // to close the card and the page
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
  }

  @Test
  void remindsOfAControlThatIsNotTakenBack() {
    askAboutTheHost();
    grant();
    fireTimer("catchEvent_windowOpens");
    complete("userTask_applyControl", SOC, APPLIED);
    clock.set(request().backBy());
    fireTimer("startEvent_remind");
    settle();
    assertThat(outside.openPages).anyMatch(key -> key.startsWith("cordon/" + caseId + "/overdue-"));
  }

  @Test
  void refusesToAskForAnIsolationOrAnEmergencyWithoutASensor() {
    nameTheHost();
    assertThatThrownBy(() -> playbooks.launch(caseId, "containLinuxHost", SOC)).hasMessage("NO_SENSOR");
    assertThatThrownBy(() -> emergencies.declare(caseId, SOC, "ATTACKER_ACTIVE", true)).hasMessage("NO_SENSOR");
    assertThatThrownBy(() -> playbooks.launch(caseId, "compensateUnixHost", SECURITY_LEAD)).hasMessage("TASK_OF_OTHERS");
    assertThat(process("receiveAlert")).isWaitingAt("userTask_triage");
  }

  @Test
  void permitsNoIsolationForSuchAnApproval() {
    askAboutTheHost();
    grant();
    Plan plan = plans.find(request().planId()).orElseThrow();
    assertThatThrownBy(() -> permits.intend(request(), plan)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not to isolate anything");
  }

  @Test
  void callsNothingThatActs() throws IOException {
    String model = new String(ModelDeployment.resources().get("bpmn/compensate-unix-host.bpmn"), StandardCharsets.UTF_8);
    assertThat(model).doesNotContain("performAction", "releaseHost", "mde.");
  }

  private void askAboutTheHost() {
    nameTheHost();
    playbooks.launch(caseId, "compensateUnixHost", SOC);
    settle();
    clock.tick(Duration.ofSeconds(1));
  }

  /** An alert about a host that neither Arc nor Defender knows; the SOC says which one it is. */
  private void nameTheHost() {
    caseId = intake.take(
            ("{\"SystemAlertId\":\"" + UUID.randomUUID() + "\",\"AlertSeverity\":\"High\",\"ProviderName\":\"ASI Scheduled Alerts\",\"Entities\":\"[]\"}")
                .getBytes(StandardCharsets.UTF_8))
        .get(0).caseId();
    settle();
    complete("userTask_resolveAsset", SOC, Map.of("assetChoice", "unix:lis-aix-01", "reasonCode", "MATCHED_ON_SITE"));
    assertThat(cases.find(caseId).orElseThrow().machineName()).isEqualTo("lis-aix-01");
    assertThat(process("receiveAlert")).isWaitingAt("userTask_triage");
  }

  private void grant() {
    answer(Verdict.APPROVE, EXECUTIVE);
    assertThat(answer(Verdict.APPROVE, SECURITY_LEAD).code()).isEqualTo("GRANTED");
    settle();
  }
}
