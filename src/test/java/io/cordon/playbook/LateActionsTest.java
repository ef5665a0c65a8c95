package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.containment.late.LateActions;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.mde.MdeAmbiguous;
import io.cordon.containment.mde.MdeThrottled;
import io.cordon.containment.watch.OutOfBandActions;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalHistory;
import io.cordon.gate.PermitView;
import io.cordon.gate.Verdict;
import io.cordon.testing.OutsideWorld;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What Defender may still do under a permit after Cordon had to leave it to a person. */
class LateActionsTest extends PlayedCase {
  private static final Duration SOON = Duration.ofMinutes(1);

  @Autowired LateActions late;
  @Autowired OutOfBandActions past;
  @Autowired ApprovalHistory history;

  @BeforeEach
  void ask() {
    jdbc.sql("delete from late_look").update();
    jdbc.sql("delete from late_found").update();
    jdbc.sql("delete from out_of_band_action").update();
    jdbc.sql("update execution_permit set settled_at = settled_at - interval '5 days' where settled_at is not null").update();
    openACase();
  }

  @Test
  void cancelsAgainWhatCouldNotBeCancelledWhenTheWindowClosed() {
    leaveAnActionPending();
    assertThat(count("cancel")).isZero();
    assertThat(late.runDue()).isEqualTo(1);
    assertThat(found()).as("still no answer").isZero();
    outside.watcher = (call, after) -> {};
    outside.nextStatus = MachineAction.PENDING;
    clock.tick(SOON);
    assertThat(late.runDue()).isEqualTo(1);
    assertThat(count("cancel")).isEqualTo(1);
    assertThat(entries(EvidenceType.ACTION_FOUND_LATE)).singleElement().asString().contains("CANCELLED", OutsideWorld.MACHINE);
    clock.tick(Duration.ofDays(1));
    assertThat(late.runDue()).as("it is over").isZero();
    assertThat(permit().state()).as("what Cordon knew when it ended").isEqualTo("UNRESOLVED");
  }

  @Test
  void givesAnIsolationAnOwnerThatRanAfterAPersonHadSaidThatItDidNot() {
    leaveAnActionPending();
    complete("userTask_settleUnresolved", SECURITY_LEAD, Map.of("finding", "NOT_ISOLATED"));
    complete("userTask_reviewOutcome", SECURITY_LEAD, Map.of());
    cases.close(caseId, "HANDLED");
    outside.nextStatus = MachineAction.SUCCEEDED;
    clock.tick(Duration.ofHours(20));
    created();
    assertThat(late.runDue()).isEqualTo(1);
    assertThat(past.standing()).as("an alarm on every page").isEqualTo(1);
    String owner = cases.openCaseOfMachine(OutsideWorld.MACHINE, "").orElseThrow();
    assertThat(owner).isNotEqualTo(caseId);
    assertThat(entries(EvidenceType.ACTION_FOUND_LATE)).singleElement().asString().contains("SUCCEEDED");
    caseId = owner;
    settle();
    assertThat(task("userTask_triage")).isNotNull();
    assertThat(count("unisolate")).as("nobody but a person releases").isZero();
  }

  @Test
  void cancelsWhatShowsUpAfterItHadProvedAbsent() {
    outside.isolateFails = () -> new MdeAmbiguous("isolate", "no answer");
    approve();
    clock.set(request().windowTo());
    for (int looks = 0; looks < 2; looks++) {
      clock.tick(Duration.ofSeconds(60));
      fireTimer("catchEvent_readBackDelay");
      settle();
    }
    assertThat(permit().state()).isEqualTo("NOT_SENT");
    assertThat(late.runDue()).isEqualTo(1);
    assertThat(history.undone(request())).as("it may still run").isEqualTo(ApprovalHistory.Undone.UNCLEAR);
    outside.actions.add(action(MachineAction.PENDING));
    outside.nextStatus = MachineAction.PENDING;
    clock.tick(Duration.ofMinutes(9));
    assertThat(late.runDue()).as("not every minute").isZero();
    clock.tick(SOON);
    assertThat(late.runDue()).isEqualTo(1);
    assertThat(count("cancel")).isEqualTo(1);
    assertThat(entries(EvidenceType.ACTION_FOUND_LATE)).singleElement().asString().contains("CANCELLED");
    assertThat(history.undone(request())).isEqualTo(ApprovalHistory.Undone.YES);
  }

  @Test
  void looksUntilDefenderHasDroppedWhateverItMayHave() {
    leaveAnActionPending();
    outside.actions.clear();
    assertThat(late.runDue()).isEqualTo(1);
    clock.tick(Duration.ofDays(4));
    assertThat(late.runDue()).isEqualTo(1);
    clock.tick(Duration.ofDays(1));
    assertThat(late.runDue()).isZero();
    assertThat(found()).isZero();
  }

  @Test
  void claimsToKnowOfNoScriptWhatItDid() {
    leaveAnActionPending();
    jdbc.sql("update execution_permit set action = 'STOP_PROCESS' where id = ?").param(permit().id()).update();
    outside.nextStatus = MachineAction.SUCCEEDED;
    assertThat(late.runDue()).isEqualTo(1);
    assertThat(entries(EvidenceType.ACTION_FOUND_LATE)).singleElement().asString().contains("UNRESOLVED").doesNotContain("SUCCEEDED");
    assertThat(past.standing()).isZero();
  }

  @Test
  void goesOnCancellingWhatIsPendingThoughAPersonSaidThatItWasDone() {
    leaveAnActionPending();
    late.runDue();
    complete("userTask_settleUnresolved", SECURITY_LEAD, Map.of("finding", "ISOLATED"));
    assertThat(task("userTask_releaseHost")).isNotNull();
    outside.watcher = (call, after) -> {};
    outside.nextStatus = MachineAction.PENDING;
    assertThat(late.runDue()).isEqualTo(1);
    assertThat(count("cancel")).isEqualTo(1);
    assertThat(entries(EvidenceType.ACTION_FOUND_LATE)).singleElement().asString().contains("CANCELLED");
    assertThat(past.standing()).isZero();
  }

  @Test
  void leavesWhatRanToWhoeverTookItUp() {
    leaveAnActionPending();
    complete("userTask_settleUnresolved", SECURITY_LEAD, Map.of("finding", "ISOLATED"));
    outside.nextStatus = MachineAction.SUCCEEDED;
    assertThat(late.runDue()).isEqualTo(1);
    assertThat(found()).isZero();
    assertThat(past.standing()).as("the case releases it").isZero();
    clock.tick(Duration.ofDays(1));
    assertThat(late.runDue()).isZero();
  }

  @Test
  void givesAnOwnerToWhatRanOnlyAfterItsReleaseWasAskedFor() {
    leaveAnActionPending();
    complete("userTask_settleUnresolved", SECURITY_LEAD, Map.of("finding", "ISOLATED"));
    outside.nextStatus = MachineAction.SUCCEEDED;
    complete("userTask_releaseHost", SECURITY_LEAD, Map.of("reasonCode", "CLEANED"));
    assertThat(count("unisolate")).isEqualTo(1);
    clock.tick(Duration.ofHours(1));
    finished(MachineAction.ISOLATE);
    assertThat(late.runDue()).isEqualTo(1);
    assertThat(entries(EvidenceType.ACTION_FOUND_LATE)).singleElement().asString().contains("SUCCEEDED");
    assertThat(past.standing()).isEqualTo(1);
    assertThat(past.ofCase(cases.openCaseOfMachine(OutsideWorld.MACHINE, "").orElseThrow())).singleElement().satisfies(one -> assertThat(one.late()).isTrue());
  }

  @Test
  void cancelsASendThatTurnsUpBesideTheOneThatWasSentAgain() {
    approve();
    assertThat(permit().state()).isEqualTo("SUCCEEDED");
    jdbc.sql("update execution_permit set sends = 2 where id = ?").param(permit().id()).update();
    assertThat(late.runDue()).isEqualTo(1);
    assertThat(found()).as("what the permit ended with is known").isZero();
    outside.nextStatus = MachineAction.PENDING;
    outside.actions.add(action(MachineAction.PENDING));
    clock.tick(Duration.ofMinutes(10));
    assertThat(late.runDue()).isEqualTo(1);
    assertThat(count("cancel")).isEqualTo(1);
    clock.tick(Duration.ofMinutes(10));
    assertThat(late.runDue()).as("a third may be there").isEqualTo(1);
    assertThat(entries(EvidenceType.ACTION_FOUND_LATE)).as("told once").singleElement().asString().contains("CANCELLED", "late");
    assertThat(past.standing()).isZero();
  }

  @Test
  void leavesToAPersonWhatDefenderStillHasAfterFourDays() {
    leaveAnActionPending();
    late.runDue();
    outside.nextStatus = MachineAction.PENDING;
    clock.tick(Duration.ofDays(4));
    assertThat(late.runDue()).isEqualTo(1);
    assertThat(past.standing()).isEqualTo(1);
    assertThat(entries(EvidenceType.ACTION_FOUND_LATE)).singleElement().asString().contains("UNRESOLVED");
  }

  @Test
  void looksAfterNothingWhereItsCancelsWouldBeHeldBack() {
    leaveAnActionPending();
    jdbc.sql("update operating_mode set mode = 'SHADOW'").update();
    try {
      assertThat(late.runDue()).isZero();
    } finally {
      jdbc.sql("update operating_mode set mode = 'LIVE'").update();
    }
    assertThat(late.runDue()).isEqualTo(1);
  }

  @Test
  void asksAPersonRatherThanWaitForAQuotaWithTheWindowLongClosed() {
    outside.nextStatus = MachineAction.PENDING;
    approve();
    outside.watcher = failing("cancel", () -> new MdeThrottled("cancel", Duration.ofDays(11)));
    closeTheWindow();
    assertThat(permit().state()).isEqualTo("SENT");
    clock.tick(Duration.ofMinutes(2));
    settle();
    assertThat(permit().state()).as("asked again, though not as late as Defender said").isEqualTo("SENT");
    clock.tick(Duration.ofMinutes(15));
    settle();
    assertThat(task("userTask_settleUnresolved")).isNotNull();
  }

  private void leaveAnActionPending() {
    outside.nextStatus = MachineAction.PENDING;
    approve();
    outside.watcher = failing("cancel", () -> new MdeAmbiguous("cancel", "no answer"));
    closeTheWindow();
    assertThat(task("userTask_settleUnresolved")).isNotNull();
  }

  private static BiConsumer<String, Boolean> failing(String name, Supplier<RuntimeException> how) {
    return (call, after) -> {
      if (call.equals(name) && !after) {
        throw how.get();
      }
    };
  }

  private void approve() {
    assertThat(answer(Verdict.APPROVE, PACS_APPROVER).code()).isEqualTo("GRANTED");
    settle();
    fireTimer("catchEvent_windowOpens");
    settle();
  }

  private void closeTheWindow() {
    clock.set(request().windowTo());
    fireTimer("boundaryEvent_windowCloses");
    settle();
  }

  /** Defender says of its actions that they were made now. */
  private void created() {
    outside.actions.replaceAll(a ->
        new MachineAction(a.id(), a.type(), a.status(), a.scope(), a.machineId(), a.requestor(), a.comment(), clock.instant(), null, 0));
  }

  /** Defender says that those of this kind are done, as of now. */
  private void finished(String type) {
    outside.actions.replaceAll(a -> !a.type().equals(type) ? a
        : new MachineAction(a.id(), a.type(), MachineAction.SUCCEEDED, a.scope(), a.machineId(), a.requestor(), a.comment(), a.created(), clock.instant(), 0));
  }

  private MachineAction action(String status) {
    return new MachineAction("late", MachineAction.ISOLATE, status, "Full", OutsideWorld.MACHINE, "cordon", "cordon:" + permit().id(), clock.instant(), null, 0);
  }

  private PermitView permit() {
    return permits.ofCase(caseId).get(0);
  }

  private int found() {
    return entries(EvidenceType.ACTION_FOUND_LATE).size();
  }
}
