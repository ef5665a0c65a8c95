package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.alerts.CaseView;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.watch.ActionWatch;
import io.cordon.containment.watch.OutOfBandAction;
import io.cordon.containment.watch.OutOfBandActions;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.Verdict;
import io.cordon.platform.time.SqlTime;
import io.cordon.testing.OutsideWorld;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is done in the Defender portal while Cordon looks on. */
class ActionWatchTest extends PlayedCase {
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration IN_TURN = Duration.ofMinutes(5);
  private static final String OTHER = "b".repeat(40);

  @Autowired ActionWatch watch;
  @Autowired OutOfBandActions past;
  @Autowired MeterRegistry meters;

  @BeforeEach
  void watchFromNow() {
    jdbc.sql("delete from out_of_band_action").update();
    jdbc.sql("delete from action_watch").update();
    openACase();
  }

  @Test
  void noticesAnIsolationAndWhatBecameOfIt() {
    outside.nextStatus = MachineAction.PENDING;
    portal(MachineAction.ISOLATE, MachineAction.PENDING, OutsideWorld.MACHINE, "by hand");
    assertThat(watch.runDue()).isEqualTo(1);
    clock.tick(INTERVAL);
    assertThat(watch.runDue()).as("nothing new").isZero();
    outside.nextStatus = MachineAction.SUCCEEDED;
    clock.tick(Duration.ofHours(1));
    assertThat(watch.runDue()).isEqualTo(1);
    assertThat(past.ofCase(caseId)).singleElement().extracting(OutOfBandAction::action, OutOfBandAction::state).containsExactly("ISOLATE", "SUCCEEDED");
    assertThat(entries(EvidenceType.OUT_OF_BAND_ACTION)).hasSize(2).first().asString().contains("PENDING", OutsideWorld.MACHINE).doesNotContain("by hand");
    assertThat(past.standing()).isEqualTo(1);
    clock.tick(INTERVAL);
    portal(MachineAction.UNISOLATE, MachineAction.SUCCEEDED, OutsideWorld.MACHINE, null);
    watch.runDue();
    assertThat(past.standing()).isZero();
    assertThat(past.released()).as("Cordon had isolated nothing").isZero();
  }

  @Test
  void opensACaseForAMachineThatHasNone() {
    outside.addMachine(OTHER, "other-01", Map.of());
    portal(MachineAction.ISOLATE, MachineAction.SUCCEEDED, OTHER, "by hand");
    assertThat(watch.runDue()).isEqualTo(1);
    assertThat(past.ofCase(caseId)).isEmpty();
    caseId = cases.openCaseOfMachine(OTHER, "").orElseThrow();
    settle();
    assertThat(past.ofCase(caseId)).singleElement().extracting(OutOfBandAction::action).isEqualTo("ISOLATE");
    assertThat(entries(EvidenceType.OUT_OF_BAND_ACTION)).singleElement().asString().contains(OTHER);
    assertThat(task("userTask_triage").getDueDate()).as("somebody has to answer until then").isEqualTo(Date.from(clock.instant().plus(Duration.ofHours(1))));
    assertThat(cases.find(caseId).orElseThrow().detector()).as("no product raised an alert").isEqualTo("Cordon");
    assertThat(past.standing()).isEqualTo(1);
    assertThat(outside.calls).as("nothing is asked for or done by itself").doesNotContain("isolate", "unisolate");
  }

  @Test
  void keepsTheCaseOpenUntilTheMachineIsReleased() {
    outside.addMachine(OTHER, "other-01", Map.of());
    portal(MachineAction.ISOLATE, MachineAction.SUCCEEDED, OTHER, "by hand");
    watch.runDue();
    caseId = cases.openCaseOfMachine(OTHER, "").orElseThrow();
    settle();
    complete("userTask_triage", SOC, Map.of("triageDecision", "DISMISS", "reasonCode", "FALSE_POSITIVE"));
    assertIsOwned();
    clock.tick(INTERVAL);
    portal(MachineAction.UNISOLATE, MachineAction.SUCCEEDED, OTHER, null);
    watch.runDue();
    say("RELEASED_OUTSIDE");
    assertThat(cases.find(caseId).orElseThrow()).extracting(CaseView::state, CaseView::outcome).containsExactly("CLOSED", "DISMISSED");
  }

  @Test
  void asksForTheReleaseOfWhatWasIsolatedInThePortalWhateverWayTheCaseEnds() {
    portal(MachineAction.ISOLATE, MachineAction.SUCCEEDED, OutsideWorld.MACHINE, "by hand");
    watch.runDue();
    assertThat(withdrawal.withdraw(request().id(), SOC, "FALSE_ALARM").code()).isEqualTo("WITHDRAWN");
    settle();
    assertIsOwned();
    clock.tick(Duration.ofHours(1));
    fireReminders();
    assertThat(outside.openPages).anyMatch(page -> page.contains("/overdue"));
    say("RELEASED_OUTSIDE");
    assertIsOwned();
    portal(MachineAction.UNISOLATE, MachineAction.SUCCEEDED, OutsideWorld.MACHINE, null);
    clock.tick(INTERVAL);
    watch.runDue();
    say("RELEASED_OUTSIDE");
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
    assertThat(past.standing()).isZero();
    assertThat(outside.openPages).isEmpty();
    assertThat(count("unisolate")).as("Cordon releases nothing that it did not isolate").isZero();
  }

  @Test
  void believesALeadWhoSaysThatNoReleaseIsNeededAnyMore() {
    endTheCaseWhileItIsIsolated(MachineAction.SUCCEEDED);
    complete("userTask_releaseOutside", SECURITY_LEAD, Map.of("finding", "NEEDS_NONE"));
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
    assertThat(past.standing()).isZero();
    assertThat(entries(EvidenceType.REVIEW_RECORDED)).last().asString().contains("NEEDS_NONE", "sec.lead");
  }

  @Test
  void givesTheMachineAnotherCaseWhenItsOwnClosedAtThatMoment() {
    portal(MachineAction.ISOLATE, MachineAction.SUCCEEDED, OutsideWorld.MACHINE, "by hand");
    watch.runDue();
    cases.close(caseId, "HANDLED");
    assertThat(past.standing()).as("the alarm stays").isEqualTo(1);
    assertThat(watch.lookAtStanding()).as("not at once").isZero();
    clock.tick(IN_TURN);
    assertThat(watch.lookAtStanding()).isEqualTo(1);
    String owner = cases.openCaseOfMachine(OutsideWorld.MACHINE, "").orElseThrow();
    assertThat(past.ofCase(owner)).singleElement().extracting(OutOfBandAction::caseId).isEqualTo(owner);
    clock.tick(IN_TURN);
    watch.lookAtStanding();
    assertThat(cases.openCaseOfMachine(OutsideWorld.MACHINE, "")).as("one is enough").contains(owner);
  }

  @Test
  void seesTheReleaseOfWhatStandsAlsoWhereNobodyWatchesEverybodysActions() {
    portal(MachineAction.ISOLATE, MachineAction.SUCCEEDED, OutsideWorld.MACHINE, "by hand");
    watch.runDue();
    clock.tick(IN_TURN);
    portal(MachineAction.UNISOLATE, MachineAction.SUCCEEDED, OutsideWorld.MACHINE, null);
    assertThat(watch.lookAtStanding()).isEqualTo(1);
    assertThat(past.standing()).isZero();
    clock.tick(IN_TURN);
    assertThat(watch.lookAtStanding()).isZero();
  }

  @Test
  void countsNoReleaseAgainstAnIsolationThatIsStillPending() {
    outside.nextStatus = MachineAction.PENDING;
    portal(MachineAction.ISOLATE, MachineAction.PENDING, OutsideWorld.MACHINE, "by hand");
    clock.tick(INTERVAL);
    portal(MachineAction.UNISOLATE, MachineAction.SUCCEEDED, OutsideWorld.MACHINE, null);
    watch.runDue();
    assertThat(past.standing()).as("it may still run").isEqualTo(1);
    outside.nextStatus = MachineAction.SUCCEEDED;
    clock.tick(INTERVAL);
    watch.runDue();
    assertThat(past.standing()).as("it ran after the release").isEqualTo(1);
    clock.tick(INTERVAL);
    portal(MachineAction.UNISOLATE, MachineAction.SUCCEEDED, OutsideWorld.MACHINE, null);
    watch.runDue();
    assertThat(past.standing()).isZero();
  }

  @Test
  void asksAgainWhenAnIsolationRunsThatNeededNoReleaseWhileItWasPending() {
    outside.nextStatus = MachineAction.PENDING;
    endTheCaseWhileItIsIsolated(MachineAction.PENDING);
    complete("userTask_releaseOutside", SECURITY_LEAD, Map.of("finding", "NEEDS_NONE"));
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
    assertThat(past.standing()).isZero();
    outside.nextStatus = MachineAction.SUCCEEDED;
    clock.tick(Duration.ofHours(1));
    watch.runDue();
    assertThat(past.standing()).isEqualTo(1);
    String owner = cases.openCaseOfMachine(OutsideWorld.MACHINE, "").orElseThrow();
    assertThat(owner).isNotEqualTo(caseId);
    assertThat(past.ofCase(owner)).singleElement().extracting(OutOfBandAction::state).isEqualTo("SUCCEEDED");
  }

  @Test
  void believesALeadOnlyOfWhatWasKnownWhenTheyWereAsked() {
    endTheCaseWhileItIsIsolated(MachineAction.SUCCEEDED);
    clock.tick(INTERVAL);
    portal(MachineAction.ISOLATE, MachineAction.SUCCEEDED, OutsideWorld.MACHINE, "again");
    watch.runDue();
    complete("userTask_releaseOutside", SECURITY_LEAD, Map.of("finding", "NEEDS_NONE"));
    assertIsOwned();
  }

  /** Isolated in the portal, however far that has come; the request of the case is taken back. */
  private void endTheCaseWhileItIsIsolated(String status) {
    portal(MachineAction.ISOLATE, status, OutsideWorld.MACHINE, "by hand");
    watch.runDue();
    withdrawal.withdraw(request().id(), SOC, "FALSE_ALARM");
    settle();
  }

  /** The machine is somebody's to release, by a time. */
  private void assertIsOwned() {
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("OPEN");
    assertThat(task("userTask_releaseOutside").getDueDate()).isEqualTo(Date.from(clock.instant().plus(Duration.ofHours(1))));
    assertThat(past.standing()).isEqualTo(1);
  }

  private void say(String finding) {
    complete("userTask_releaseOutside", SECURITY_LEAD, Map.of("finding", finding));
    fireTimer("catchEvent_noticed");
    settle();
  }

  /** That of the case and that of its end. */
  private void fireReminders() {
    management.createJobQuery().activityId("startEvent_remind").list().forEach(job -> management.executeJob(job.getId()));
    settle();
  }

  @Test
  void opensNoCaseForWhatIsOver() {
    portal(MachineAction.ISOLATE, MachineAction.SUCCEEDED, OTHER, "by hand");
    clock.tick(INTERVAL);
    portal(MachineAction.UNISOLATE, MachineAction.SUCCEEDED, OTHER, null);
    portal(MachineAction.ISOLATE, MachineAction.CANCELLED, OTHER, null);
    assertThat(watch.runDue()).isEqualTo(3);
    assertThat(cases.openCaseOfMachine(OTHER, "")).isEmpty();
  }

  @Test
  void asksWhoeverHoldsTheMachineWhenItWasReleased() {
    isolate();
    assertThat(watch.runDue()).as("what Cordon did itself").isZero();
    clock.tick(INTERVAL);
    portal(MachineAction.UNISOLATE, MachineAction.SUCCEEDED, OutsideWorld.MACHINE, "by hand");
    assertThat(watch.runDue()).isEqualTo(1);
    assertThat(past.released()).isEqualTo(1);
    assertThat(task("userTask_releaseHost").getDueDate()).isEqualTo(Date.from(clock.instant()));
    fireTimer("startEvent_remind");
    settle();
    assertThat(outside.openPages).anyMatch(page -> page.contains(caseId));
    assertThat(count("unisolate")).as("nothing is released by Cordon itself").isZero();
  }

  @Test
  void believesNoTokenOnAnotherMachine() {
    isolate();
    portal(MachineAction.ISOLATE, MachineAction.SUCCEEDED, OTHER, outside.actions.get(0).comment());
    assertThat(watch.runDue()).isEqualTo(1);
  }

  @Test
  void missesNothingWhenDefenderWasAway() {
    watch.runDue();
    outside.isDown = "isolationsSince"::equals;
    for (int hour = 0; hour < 3; hour++) {
      clock.tick(Duration.ofHours(1));
      assertThat(watch.runDue()).isZero();
    }
    assertThat(watermarkAge()).isEqualTo("03:00:00");
    outside.isDown = call -> false;
    portal(MachineAction.ISOLATE, MachineAction.SUCCEEDED, OTHER, "by hand");
    clock.tick(INTERVAL);
    assertThat(watch.runDue()).isEqualTo(1);
    assertThat(watermarkAge()).isEqualTo("00:00:00");
  }

  @Test
  void noticesOthersWhileAPendingActionCannotBeRead() {
    outside.nextStatus = MachineAction.PENDING;
    portal(MachineAction.ISOLATE, MachineAction.PENDING, OutsideWorld.MACHINE, "by hand");
    watch.runDue();
    outside.isDown = "action"::equals;
    portal(MachineAction.ISOLATE, MachineAction.SUCCEEDED, OTHER, "by hand");
    clock.tick(INTERVAL);
    assertThat(watch.runDue()).isEqualTo(1);
    assertThat(watermarkAge()).isEqualTo("00:00:00");
  }

  @Test
  void asksForAFewPendingActionsInEachPassSoThatEachHasItsTurn() {
    outside.nextStatus = MachineAction.PENDING;
    for (int i = 0; i < 25; i++) {
      portal(MachineAction.ISOLATE, MachineAction.PENDING, OutsideWorld.MACHINE, "by hand");
    }
    watch.runDue();
    List<String> asked = new ArrayList<>();
    outside.isUnlisted = action -> true;
    outside.looks = asked::add;
    for (int pass = 1; pass <= 3; pass++) {
      clock.tick(INTERVAL);
      watch.runDue();
      assertThat(asked).hasSize(10 * pass);
    }
    assertThat(asked.subList(0, 25)).doesNotHaveDuplicates();
  }

  @Test
  void leavesToAPersonWhatDefenderForgotBeforeItWasFinal() {
    outside.nextStatus = MachineAction.PENDING;
    portal(MachineAction.ISOLATE, MachineAction.PENDING, OutsideWorld.MACHINE, "by hand");
    watch.runDue();
    outside.actions.clear();
    clock.tick(Duration.ofDays(4));
    assertThat(watch.runDue()).isZero();
    clock.tick(INTERVAL);
    watch.runDue();
    assertThat(past.ofCase(caseId)).singleElement().extracting(OutOfBandAction::state).isEqualTo("UNRESOLVED");
    assertThat(past.standing()).as("nobody knows that it is on the network").isEqualTo(1);
    assertThat(entries(EvidenceType.OUT_OF_BAND_ACTION)).last().asString().contains("UNRESOLVED");
  }

  @Test
  void goesOnPastARowThatCannotBeReadAndCountsIt() {
    double before = unreadable();
    outside.unreadable = 1;
    portal(MachineAction.ISOLATE, MachineAction.SUCCEEDED, OTHER, "by hand");
    assertThat(watch.runDue()).isEqualTo(1);
    assertThat(watermarkAge()).isEqualTo("00:00:00");
    assertThat(unreadable()).isEqualTo(before + 1);
  }

  private double unreadable() {
    return meters.counter("cordon.mde.watch.unreadable").count();
  }

  @Test
  void leavesTheTurnToTheNodeThatHasItUntilThatLapses() {
    watch.runDue();
    portal(MachineAction.ISOLATE, MachineAction.SUCCEEDED, OTHER, "by hand");
    clock.tick(INTERVAL);
    jdbc.sql("update action_watch set claimed_by = 'another', claimed_until = ?").param(SqlTime.of(clock.instant().plus(INTERVAL))).update();
    assertThat(watch.runDue()).isZero();
    clock.tick(INTERVAL);
    assertThat(watch.runDue()).isEqualTo(1);
  }

  private String watermarkAge() {
    return jdbc.sql("select (?::timestamptz - watermark)::text from action_watch").param(SqlTime.of(clock.instant())).query(String.class).single();
  }

  private void isolate() {
    assertThat(answer(Verdict.APPROVE, PACS_APPROVER).code()).isEqualTo("GRANTED");
    settle();
    fireTimer("catchEvent_windowOpens");
    settle();
    assertThat(task("userTask_releaseHost")).isNotNull();
  }

  private void portal(String type, String status, String machine, String comment) {
    outside.actions.add(new MachineAction(UUID.randomUUID().toString(), type, status, "Full", machine, "somebody", comment, clock.instant(), null, 0));
  }
}
