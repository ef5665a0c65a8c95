package io.cordon.web.history;

import io.cordon.evidence.EvidenceType;
import io.cordon.playbook.CaseSteps.Step;
import io.cordon.playbook.ChangeTickets;
import io.cordon.web.cab.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where the engine's history and the log tell different stories. The log proves, the history can be edited: a step without
 * its entry or an entry without its step is for a person to explain.
 */
final class Differences {
  /** What is compared; a storm of alerts brings none of these. */
  static final Set<EvidenceType> COMPARED =
      Set.of(EvidenceType.REVIEW_RECORDED, EvidenceType.POLICY_DECIDED, EvidenceType.CASE_CLOSED, EvidenceType.ACTION_SENT, EvidenceType.RELEASE_INTENT);
  /** The clinical answers: they go through the gate and leave entries of other kinds. */
  private static final Set<String> OF_THE_GATE = Set.of("userTask_decide", "userTask_goOn");
  /** Where it turns out that Defender took an action: when it is sent, or when it is found there after an answer that was lost. */
  static final Set<String> SENDS = Set.of("serviceTask_send", "serviceTask_readBack", "serviceTask_release", "serviceTask_pollRelease");

  static final Set<String> INTENDS_RELEASE = Set.of("serviceTask_recordReleaseIntent");
  /** A step and its entry commit together, on one clock. */
  private static final Duration APART = Duration.ofMinutes(1);

  private Differences() {}

  /**
   * One of them.
   *
   * @param code key of its sentence in messages.properties under {@code history.difference}
   * @param what name of the step, or type of the entry
   * @param seq number of the entry, -1 where there is none
   */
  record Difference(String code, String what, long seq, Instant at) {}

  /**
   * @param facts entries of {@link #COMPARED} types, of the whole case
   * @param waitingSince from when on events have no number yet, so that nobody can tell; empty when all have
   */
  static List<Difference> between(List<Step> steps, List<Fact> facts, Optional<Instant> waitingSince) {
    if (steps.isEmpty()) {
      return facts.isEmpty() ? List.of() : List.of(new Difference("NO_HISTORY", "", facts.get(0).seq(), facts.get(0).at()));
    }
    List<Difference> found = new ArrayList<>();
    Predicate<Step> numbered = step -> waitingSince.isEmpty() || step.until() != null && step.until().isBefore(waitingSince.get().minus(APART));
    pair(steps, numbered, step -> step.task() && step.isDone() && !OF_THE_GATE.contains(step.step()), facts, EvidenceType.REVIEW_RECORDED, found);
    pair(steps, numbered, step -> "serviceTask_decidePolicy".equals(step.step()) && step.isDone(), facts, EvidenceType.POLICY_DECIDED, found);
    pair(steps, numbered, Differences::closes, facts, EvidenceType.CASE_CLOSED, found);
    entriesWithoutStep(steps, SENDS, facts, EvidenceType.ACTION_SENT, found);
    entriesWithoutStep(steps, INTENDS_RELEASE, facts, EvidenceType.RELEASE_INTENT, found);
    return found;
  }

  /** Each step takes the first entry of the type that fits it; what is left over on either side is a difference. */
  private static void pair(
      List<Step> steps, Predicate<Step> numbered, Predicate<Step> compared, List<Fact> facts, EvidenceType type, List<Difference> found) {
    // the number of a change is given on the case, beside every step
    List<Fact> left = new ArrayList<>(facts.stream().filter(fact -> fact.is(type) && !ChangeTickets.GIVEN.equals(fact.text("task"))).toList());
    for (Step step : steps.stream().filter(compared).toList()) {
      Fact entry = left.stream().filter(fact -> fits(step, fact)).findFirst().orElse(null);
      if (entry == null && numbered.test(step)) {
        found.add(new Difference("STEP_WITHOUT_ENTRY", step.name(), -1, step.until()));
      } else if (entry != null) {
        left.remove(entry);
      }
    }
    left.forEach(fact -> found.add(withoutStep(fact)));
  }

  private static boolean fits(Step step, Fact fact) {
    boolean sameTask = !fact.is(EvidenceType.REVIEW_RECORDED) || fact.text("task").equals(step.step());
    return sameTask && !fact.at().isBefore(step.from().minus(APART)) && (step.until() == null || !fact.at().isAfter(step.until().plus(APART)));
  }

  // a case that was merged into another is settled without being closed
  private static boolean closes(Step step) {
    return step.step().startsWith("serviceTask_close") && !step.step().equals("serviceTask_closeMerged") && !step.step().equals("serviceTask_closeChannels")
        && step.isDone();
  }

  private static void entriesWithoutStep(List<Step> steps, Set<String> ids, List<Fact> facts, EvidenceType type, List<Difference> found) {
    facts.stream().filter(fact -> fact.is(type))
        .filter(fact -> steps.stream().noneMatch(step -> ids.contains(step.step()) && fits(step, fact)))
        .forEach(fact -> found.add(withoutStep(fact)));
  }

  private static Difference withoutStep(Fact fact) {
    return new Difference("ENTRY_WITHOUT_STEP", fact.type().name(), fact.seq(), fact.at());
  }
}
