package io.cordon.gate;

import static io.cordon.gate.windows.MaintenanceWindows.FARTHEST_START;
import static io.cordon.gate.windows.MaintenanceWindows.LONGEST_WINDOW;

import io.cordon.gate.windows.TimeSpan;
import io.cordon.gate.windows.WindowLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules an answer must pass, each a pure function returning a refusal or nothing (design section 4). The order is
 * the order in which a person is told: the first refusal wins.
 */
final class DecisionRules {
  static final int MOST_HOLDS = 3;
  static final Duration LONGEST_AWAY = Duration.ofDays(30);

  /**
   * Everything a rule may look at; nothing else decides.
   *
   * @param decision whose person has the roles and groups that count now
   * @param vouching who says so
   * @param serviceGroup Entra group of the clinical service's approvers; null when none is configured
   * @param machines device ids of the plan
   * @param emergency whether the plan is one for an emergency: two leads agree in any order, and none chooses a window
   */
  record Question(
      ApprovalRequest request,
      Decision decision,
      Standing.Source vouching,
      Set<Requester> requesters,
      String tenantId,
      String serviceGroup,
      WindowRules windows,
      Set<String> machines,
      Instant now,
      boolean emergency) {

    boolean actsAsApprover() {
      return decision.person().roles().contains(request.approverRole());
    }
  }

  /**
   * What bounds a window.
   *
   * @param blackouts the periods in which the machine must not be taken away from its service
   */
  record WindowRules(WindowLimits limits, List<TimeSpan> blackouts) {}

  /** One rule. */
  @FunctionalInterface
  interface Rule {
    Optional<Refusal> check(Question question);
  }

  private static final List<Rule> OF_THE_ANSWER =
      List.of(
          DecisionRules::answersALiveRequest,
          DecisionRules::answersTheLiveRevision,
          DecisionRules::answersInTime,
          DecisionRules::comesInItsTurn,
          DecisionRules::holdsNotTooOften,
          DecisionRules::givesAReason,
          DecisionRules::leavesOutMachinesOfThePlanOnly,
          DecisionRules::leavesAMachineToIsolate,
          DecisionRules::statesTheProcedureImpact,
          DecisionRules::givesAUsableWindow,
          DecisionRules::saysWhenTheServiceIsBack,
          DecisionRules::keepsOutOfBlackouts);

  static final List<Rule> ALL = Stream.concat(ApproverRules.ALL.stream(), OF_THE_ANSWER.stream()).toList();

  private DecisionRules() {}

  /** The first refusal, or nothing when the answer may stand. */
  static Optional<Refusal> check(Question question) {
    return ALL.stream().flatMap(rule -> rule.check(question).stream()).findFirst();
  }

  static Optional<Refusal> answersALiveRequest(Question q) {
    return refuseIf(!q.request().state().isLive(), Refusal.ALREADY_DECIDED);
  }

  static Optional<Refusal> answersTheLiveRevision(Question q) {
    return refuseIf(q.decision().requestRevision() != q.request().requestRevision(), Refusal.STALE_REVISION);
  }

  /** The deadline itself is too late. */
  static Optional<Refusal> answersInTime(Question q) {
    return refuseIf(!q.now().isBefore(q.request().answerDeadline()), Refusal.TOO_LATE);
  }

  /** Every hold raises the revision; after a few the next people must be asked instead. */
  static Optional<Refusal> holdsNotTooOften(Question q) {
    return refuseIf(q.decision().verdict() == Verdict.HOLD && q.request().requestRevision() > MOST_HOLDS, Refusal.HELD_TOO_OFTEN);
  }

  static Optional<Refusal> givesAReason(Question q) {
    return refuseIf(!ReasonCode.isKnown(q.decision().reasonCode()), Refusal.REASON_MISSING);
  }

  static Optional<Refusal> leavesOutMachinesOfThePlanOnly(Question q) {
    return refuseIf(choosesTheWindow(q) && !q.machines().containsAll(q.decision().leftOut()), Refusal.MACHINE_UNKNOWN);
  }

  /** Leaving out every machine is a no, and must be said as one. */
  static Optional<Refusal> leavesAMachineToIsolate(Question q) {
    return refuseIf(choosesTheWindow(q) && q.decision().leftOut().containsAll(q.machines()), Refusal.NO_MACHINE_LEFT);
  }

  static Optional<Refusal> statesTheProcedureImpact(Question q) {
    ProcedureImpact impact = q.decision().procedureImpact();
    return refuseIf(choosesTheWindow(q) && (impact == null || impact == ProcedureImpact.NOT_STATED), Refusal.PROCEDURE_IMPACT_MISSING);
  }

  static Optional<Refusal> givesAUsableWindow(Question q) {
    if (!choosesTheWindow(q)) {
      return approves(q) ? stillFits(q) : Optional.empty();
    }
    Instant from = start(q);
    Instant to = q.decision().windowTo();
    WindowLimits limits = q.windows().limits();
    if (to == null || from.isBefore(q.now().minus(limits.guard())) || from.isAfter(q.now().plus(FARTHEST_START))) {
      return Optional.of(Refusal.WINDOW_UNUSABLE);
    }
    Duration length = Duration.between(from, to);
    if (length.compareTo(limits.shortest()) < 0) {
      return Optional.of(Refusal.WINDOW_TOO_SHORT);
    }
    return refuseIf(length.compareTo(LONGEST_WINDOW) > 0, Refusal.WINDOW_UNUSABLE);
  }

  private static Instant start(Question q) {
    return start(q.decision(), q.now());
  }

  private static Instant start(Decision decision, Instant now) {
    return decision.windowFrom() == null ? now : decision.windowFrom();
  }

  /** From the window's opening until it is closed and the service is back, whichever comes later; empty when that is no time at all. */
  static Optional<TimeSpan> away(Decision decision, Instant now) {
    Instant from = start(decision, now);
    return Stream.of(decision.windowTo(), decision.backBy())
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .filter(from::isBefore)
        .map(to -> new TimeSpan(from, to));
  }

  /** The window that the first approver chose must still be long enough when the second one answers. */
  private static Optional<Refusal> stillFits(Question q) {
    Instant to = q.request().tooLateAt();
    if (q.emergency() && to == null) {
      return Optional.empty();
    }
    return refuseIf(to == null || q.now().plus(q.windows().limits().shortest()).isAfter(to), Refusal.WINDOW_TOO_SHORT);
  }

  static Optional<Refusal> saysWhenTheServiceIsBack(Question q) {
    if (!choosesTheWindow(q)) {
      return Optional.empty();
    }
    Instant from = start(q);
    Instant backBy = q.decision().backBy();
    if (backBy == null || !backBy.isAfter(from)) {
      return Optional.of(Refusal.BACK_BY_MISSING);
    }
    if (backBy.isBefore(from.plus(q.windows().limits().shortest()))) {
      return Optional.of(Refusal.BACK_BY_TOO_SOON);
    }
    return refuseIf(Duration.between(from, backBy).compareTo(LONGEST_AWAY) > 0, Refusal.BACK_BY_TOO_FAR);
  }

  /** A machine isolated before a blackout would be missed in it, and none may be isolated inside of one. */
  static Optional<Refusal> keepsOutOfBlackouts(Question q) {
    if (!choosesTheWindow(q)) {
      return Optional.empty();
    }
    TimeSpan away = away(q.decision(), q.now()).orElseThrow();
    return refuseIf(q.windows().blackouts().stream().anyMatch(away::overlaps), Refusal.IN_A_BLACKOUT);
  }

  /** The second approval is for the window that the first one chose, so it comes after it and changes nothing of it. */
  static Optional<Refusal> comesInItsTurn(Question q) {
    if (!approves(q) || q.request().quorum() == 1 || q.emergency()) {
      return Optional.empty();
    }
    boolean windowChosen = q.request().decisionHash() != null;
    if (q.actsAsApprover()) {
      return refuseIf(windowChosen, Refusal.ALREADY_APPROVED_BY_CLINICAL);
    }
    return refuseIf(!windowChosen, Refusal.CLINICAL_ANSWERS_FIRST);
  }

  /** Only the approver of the request chooses; a second one approves what was chosen. An emergency starts at once. */
  private static boolean choosesTheWindow(Question q) {
    return approves(q) && !q.emergency() && (q.request().quorum() == 1 || q.actsAsApprover());
  }

  private static boolean approves(Question q) {
    return q.decision().verdict() == Verdict.APPROVE;
  }

  static Optional<Refusal> refuseIf(boolean wrong, Refusal refusal) {
    return wrong ? Optional.of(refusal) : Optional.empty();
  }
}
