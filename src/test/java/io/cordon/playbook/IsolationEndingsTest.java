package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.mde.MdeAmbiguous;
import io.cordon.containment.mde.MdeRefused;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.PermitView;
import io.cordon.gate.Verdict;
import io.cordon.playbook.worker.RetryLaterException;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.Work;
import io.cordon.testing.OutsideWorld;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** How an isolation ends when Defender or the clock does something else than planned; the table is in src/docs. */
class IsolationEndingsTest extends PlayedCase {
  private static final MachineAction SOMEBODY_ELSES =
      new MachineAction("other", MachineAction.ISOLATE, MachineAction.PENDING, "Full", OutsideWorld.MACHINE, "portal", "by hand", null, null, 0);

  @Autowired TopicHandler sendRelease;
  @Autowired Emergencies emergencies;
  @Autowired Compensations compensations;

  @BeforeEach
  void ask() {
    openACase();
  }

  @Test
  void adoptsItsOwnActionWhenTheSendIsRefusedAsADuplicate() {
    outside.isolateFails = IsolationEndingsTest::duplicate;
    outside.takenThoughItFails = true;
    approve();
    readBack();
    assertThat(count("isolate")).isEqualTo(1);
    assertThat(permitState()).isEqualTo("SUCCEEDED");
  }

  @Test
  void leavesAPersonToSettleItWhenSomebodyElsesActionCameInBetween() {
    outside.isolateFails = () -> {
      outside.actions.add(SOMEBODY_ELSES);
      return duplicate();
    };
    approve();
    readBack();
    readBack();
    assertThat(count("isolate")).as("not again while the other is open").isEqualTo(1);
    assertThat(outside.calls).as("it is not ours to cancel").doesNotContain("cancel");
    assertThat(permitState()).isEqualTo("NOT_SENT");
    assertThat(process("containLinuxHost")).isWaitingAt("userTask_reviewOutcome");
  }

  @Test
  void claimsNoActionOfSomebodyElseThatItIsAnsweredWith() {
    outside.isolateAnswers = SOMEBODY_ELSES;
    approve();
    assertThat(permitState()).isEqualTo("SENDING");
    readBack();
    readBack();
    readBack();
    readBack();
    assertUnresolved();
    assertThat(eventTypes()).doesNotContain("ACTION_SENT");
  }

  @Test
  void asksForNoReleaseBeforeTheIsolationIsFinal() {
    outside.nextStatus = MachineAction.PENDING;
    approve();
    assertThat(process("releaseHost")).isNull();
    outside.nextStatus = MachineAction.SUCCEEDED;
    fireTimer("catchEvent_pollInterval");
    settle();
    assertThat(process("releaseHost")).isWaitingAt("userTask_releaseHost");
  }

  @Test
  void recordsADeviationAndLooksForAReleaseWhenItRanThoughItWasCancelled() {
    outside.nextStatus = MachineAction.PENDING;
    approve();
    outside.watcher = (call, after) -> {
      if (call.equals("cancel") && !after) {
        outside.nextStatus = MachineAction.SUCCEEDED;
        throw new MdeRefused("cancel", 400, "BadRequest", "", false);
      }
    };
    closeTheWindow();
    assertThat(eventTypes()).contains("ACTION_DEVIATION").doesNotContain("ACTION_CANCELLED");
    assertThat(permitState()).isEqualTo("SUCCEEDED");
    assertThat(process("releaseHost")).isWaitingAt("userTask_releaseHost");
  }

  @Test
  void asksAPersonWhenTheCancelGotLostAndTheActionIsStillPending() {
    outside.nextStatus = MachineAction.PENDING;
    approve();
    outside.watcher = (call, after) -> {
      if (call.equals("cancel") && !after) {
        throw new MdeAmbiguous("cancel", "no answer");
      }
    };
    closeTheWindow();
    assertUnresolved();
  }

  @Test
  void handsNoCaseOverWhileNobodyKnowsWhetherTheMachineIsIsolated() {
    outside.isolateFails = () -> new MdeAmbiguous("isolate", "no answer");
    approve();
    for (int readBacks = 0; readBacks < 4; readBacks++) {
      readBack();
    }
    assertUnresolved();
    assertThat(compensations.isPossible(caseId, SOC)).isFalse();
    assertThat(emergencies.isPossible(caseId)).isFalse();
    assertThatThrownBy(() -> compensations.start(caseId, SOC)).hasMessage("STILL_UNRESOLVED");
    assertThatThrownBy(() -> emergencies.declare(caseId, SOC, "RANSOMWARE_SPREADING", true)).hasMessage("STILL_UNRESOLVED");
    assertUnresolved();

    complete("userTask_settleUnresolved", SECURITY_LEAD, Map.of("finding", "NOT_ISOLATED", "comment", "seen at the console"));
    assertThat(emergencies.isPossible(caseId)).isTrue();
    compensations.start(caseId, SOC);
    settle();
    assertThat(process("compensateUnixHost")).isNotNull();
  }

  @Test
  void sendsNothingAgainWhenTheWindowClosedWhileItReadBack() {
    outside.isolateFails = () -> new MdeAmbiguous("isolate", "no answer");
    approve();
    readBack();
    clock.set(request().windowTo());
    readBack();
    assertThat(count("isolate")).isEqualTo(1);
    assertThat(permitState()).isEqualTo("NOT_SENT");
    assertThat(process("containLinuxHost")).isWaitingAt("userTask_reviewOutcome");
  }

  @Test
  void cancelsWhatItFindsOnlyAfterTheWindowClosed() {
    outside.isolateFails = () -> new MdeAmbiguous("isolate", "no answer");
    outside.takenThoughItFails = true;
    outside.nextStatus = MachineAction.PENDING;
    approve();
    clock.set(request().windowTo());
    readBack();
    fireTimer("boundaryEvent_windowCloses");
    settle();
    assertThat(outside.calls).contains("cancel");
    assertThat(permitState()).isEqualTo("CANCELLED");
  }

  @Test
  void asksAgainUntilSomebodySaysThatTheMachineIsBack() {
    approve();
    outside.nextStatus = MachineAction.FAILED;
    complete("userTask_releaseHost", SECURITY_LEAD, Map.of("reasonCode", "CLEANED"));
    assertThatThrownBy(() -> complete("userTask_releaseByHand", SECURITY_LEAD, Map.of())).hasMessage("INVALID_FIELDS");
    clock.set(request().backBy());
    complete("userTask_releaseByHand", SECURITY_LEAD, Map.of("finding", "NOT_YET"));
    assertThat(task("userTask_releaseByHand").getDueDate()).isEqualTo(Date.from(clock.instant().plus(Duration.ofHours(1))));
    fireTimer("startEvent_remindRelease");
    settle();
    assertThat(outside.openPages).as("paging goes on").anyMatch(page -> page.contains("/release-"));
    complete("userTask_releaseByHand", SECURITY_LEAD, Map.of("finding", "RELEASED"));
    assertThat(entries(EvidenceType.REVIEW_RECORDED)).filteredOn(entry -> entry.contains("userTask_releaseByHand")).hasSize(2).last().asString()
        .contains("RELEASED", "sec.lead");
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
  }

  @Test
  void leavesDefenderToOtherNodesWhileItsModeIsNotThatOfTheInstallation() {
    approve();
    outside.calls.clear();
    jdbc.sql("update operating_mode set mode = 'SHADOW'").update();
    try {
      complete("userTask_releaseHost", SECURITY_LEAD, Map.of("reasonCode", "CLEANED"));
      assertThat(outside.calls).doesNotContain("unisolate");
      PermitView release = permits.ofCase(caseId).stream().filter(permit -> "UNISOLATE".equals(permit.action())).findFirst().orElseThrow();
      assertThat(release.state()).isEqualTo("INTENDED");
      Work fetchedBefore = new Work(caseId, "", Map.of("releasePermitId", release.id()), false);
      assertThatThrownBy(() -> sendRelease.handle(fetchedBefore)).isInstanceOf(RetryLaterException.class);
    } finally {
      jdbc.sql("update operating_mode set mode = 'LIVE'").update();
    }
    settle();
    assertThat(count("unisolate")).isEqualTo(1);
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
  }

  private static MdeRefused duplicate() {
    return new MdeRefused("isolate", 400, "ActiveRequestAlreadyExists", "", true);
  }

  private void approve() {
    assertThat(answer(Verdict.APPROVE, PACS_APPROVER).code()).isEqualTo("GRANTED");
    settle();
    fireTimer("catchEvent_windowOpens");
    settle();
  }

  private void readBack() {
    clock.tick(Duration.ofSeconds(60));
    fireTimer("catchEvent_readBackDelay");
    settle();
  }

  private void closeTheWindow() {
    clock.set(request().windowTo());
    fireTimer("boundaryEvent_windowCloses");
    settle();
  }

  private void assertUnresolved() {
    assertThat(permitState()).isEqualTo("UNRESOLVED");
    assertThat(process("performAction")).isWaitingAt("userTask_settleUnresolved");
    assertThat(task("userTask_settleUnresolved").getDueDate()).isNotNull();
  }

  private String permitState() {
    return permits.ofCase(caseId).get(0).state();
  }
}
