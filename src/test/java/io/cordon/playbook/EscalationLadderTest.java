package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.Reachability;
import io.cordon.gate.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The ladder of approve-maintenance-window, rung by rung, and what happens when nobody can be told. */
class EscalationLadderTest extends PlayedCase {
  @Autowired Reachability reach;
  @Autowired PlatformTransactionManager transactions;
  @Autowired MeterRegistry meters;

  @Test
  void remindsTheSamePeopleUnderAKeyOfItsOwn() {
    openACase();
    String first = "cordon/" + request().id() + "/tier-1";
    assertThat(outside.openPages).containsExactly(first);
    fireTimer("boundaryEvent_escalate");
    settle();
    assertThat(outside.openPages).containsExactly(first, first + "-again-1");
    assertThat(rungs()).containsExactly("REMINDED");
    assertThat(process("approveMaintenanceWindow")).isWaitingAt("userTask_decide").hasPassed("serviceTask_escalate");
    assertThat(answer(Verdict.APPROVE, PACS_APPROVER).code()).isEqualTo("GRANTED");
  }

  @Test
  void asksTheNextTierUnderAKeyOfItsOwn() {
    openACase();
    String first = request().id();
    letTheDeadlinePass();
    assertThat(requests.find(first).orElseThrow().state()).isEqualTo(ApprovalState.EXPIRED);
    assertThat(request().approverRole()).isEqualTo("Clinical.Executive");
    assertThat(outside.openPages).containsExactly("cordon/" + request().id() + "/tier-2");
    assertThat(rungs()).containsExactly("NEXT_TIER");
    assertThat(process("approveMaintenanceWindow")).isWaitingAt("userTask_decide");
    assertThat(answer(Verdict.APPROVE, EXECUTIVE).code()).isEqualTo("GRANTED");
  }

  @Test
  void wakesBothLeadsBeforeTheLastTierEnds() {
    openACase();
    assertThat(due("boundaryEvent_lastCall")).as("in the first tier the next one comes before").isAfter(request().answerDeadline());
    letTheDeadlinePass();
    Duration time = Duration.between(request().askedAt(), request().answerDeadline());
    assertThat(due("boundaryEvent_lastCall")).isEqualTo(request().askedAt().plus(time.multipliedBy(3).dividedBy(4)));
    fireTimer("boundaryEvent_lastCall");
    settle();
    String key = "cordon/" + request().id();
    assertThat(outside.openPages).containsExactly(key + "/last-call-1", key + "/last-call-security-1", key + "/tier-2");
    assertThat(rungs()).containsExactly("NEXT_TIER", "BOTH_LEADS");
    assertThat(process("approveMaintenanceWindow")).isWaitingAt("userTask_decide").hasPassed("serviceTask_pageBothLeads");
  }

  @Test
  void actsOnNothingAfterTheLastRung() {
    openACase();
    letTheDeadlinePass();
    letTheDeadlinePass();
    assertThat(requests.ofCase(caseId)).extracting(request -> request.state()).containsOnly(ApprovalState.EXPIRED).hasSize(2);
    assertThat(process("containLinuxHost")).isWaitingAt("userTask_decideNext");
    assertThat(count("isolate")).isZero();
    assertThat(outside.openPages).as("nobody is woken for a dead request").isEmpty();
  }

  @Test
  void climbsOnWhileTheChannelsAreDown() {
    outside.teamsIsDown = true;
    outside.pagerDutyIsDown = true;
    openACase();
    fireTimer("boundaryEvent_escalate");
    settle();
    letTheDeadlinePass();
    fireTimer("boundaryEvent_lastCall");
    letTheDeadlinePass();
    assertThat(process("containLinuxHost")).isWaitingAt("userTask_decideNext");
  }

  @Test
  void soundsTheAlarmHereWhenNoChannelDelivers() {
    outside.teamsIsDown = true;
    outside.pagerDutyIsDown = true;
    openACase();
    assertThat(rungs()).containsExactly("NO_CHANNEL_DELIVERS");
    assertThat(reach.nobodyReached(request().id())).isTrue();
    assertThat(meters.get("cordon.requests.unreached").gauge().value()).isEqualTo(1);

    settleThroughAllTries();
    assertThat(rungs()).as("once").containsExactly("NO_CHANNEL_DELIVERS");
    assertThat(entries(EvidenceType.NOTIFY_FAILED)).as("each channel is given up once").filteredOn(json -> json.contains("given-up")).hasSize(2);
  }

  @Test
  void silencesTheAlarmOnceAChannelDelivers() {
    outside.teamsIsDown = true;
    outside.pagerDutyIsDown = true;
    openACase();
    outside.pagerDutyIsDown = false;
    clock.tick(Duration.ofMinutes(1));
    settle();
    assertThat(reach.unreached()).isZero();
  }

  @Test
  void hearsThatOneChannelDeliveredWhileTheOthersFailureIsWrittenDown() {
    openACase();
    ApprovalRequest asked = request();
    jdbc.sql("delete from request_reach").update();
    new TransactionTemplate(transactions).executeWithoutResult(status -> {
      reach.notDelivered(asked, "PAGERDUTY");
      assertThat(CompletableFuture.runAsync(() -> reach.delivered(asked, "TEAMS"))).succeedsWithin(Duration.ofSeconds(10));
    });
    assertThat(reach.unreached()).isZero();
  }

  @Test
  void soundsNoAlarmWhileOneChannelDelivers() {
    outside.teamsIsDown = true;
    openACase();
    settleThroughAllTries();
    assertThat(reach.unreached()).isZero();
    assertThat(rungs()).isEmpty();
  }

  @Test
  void soundsNoAlarmForARequestThatIsSettled() {
    outside.teamsIsDown = true;
    outside.pagerDutyIsDown = true;
    openACase();
    answer(Verdict.REJECT, PACS_APPROVER);
    assertThat(reach.unreached()).isZero();
  }

  private Instant due(String activity) {
    return management.createJobQuery().activityId(activity).list().stream()
        .filter(job -> job.getProcessInstanceId().equals(process("approveMaintenanceWindow").getId()))
        .findFirst().orElseThrow().getDuedate().toInstant();
  }

  private List<String> rungs() {
    return entries(EvidenceType.ESCALATED).stream().map(json -> json.replaceAll(".*\"reason\":\"([A-Z_]+)\".*", "$1")).toList();
  }
}
