package io.cordon.web.history;

import io.cordon.playbook.CaseSteps.Form;
import io.cordon.playbook.CaseSteps.Step;
import io.cordon.web.cab.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A line of the joined timeline: an entry of the log, or a step the engine remembers.
 *
 * @param seq number of the entry, -1 for a step
 * @param what type of the entry, or name of the step
 * @param where the playbook of a step, null for an entry
 * @param who app role of whoever did it, empty when Cordon did
 * @param name their name at that time, empty where it is not opened
 * @param oid their object id
 * @param details codes with words of their own under {@code detail} in messages.properties
 * @param form what a person was asked to fill in at a step; null without a form
 * @param checkpoint size of the first checkpoint that covers the entry; null while none does
 */
public record StoryLine(
    long seq, Instant at, String what, String where, String who, String name, String oid, List<String> details, Form form, Long checkpoint) {
  private static final List<String> WORTH_READING =
      List.of("action", "route", "channel", "what", "outcome", "result", "reason", "refusal", "procedureImpact", "step", "onCall", "rung",
          "emergencyJudgement", "patientImpact", "followUp", "control", "finding", "ticket");

  /** Whether it is an entry of the log. */
  public boolean isEntry() {
    return seq >= 0;
  }

  static List<StoryLine> join(List<Fact> facts, List<Step> steps, Map<Long, Long> checkpoints, Map<Long, String> names) {
    List<StoryLine> lines = new ArrayList<>();
    facts.forEach(fact -> lines.add(of(fact, checkpoints.get(fact.seq()), names.getOrDefault(fact.seq(), ""))));
    steps.forEach(step -> lines.add(of(step)));
    lines.sort(Comparator.comparing(StoryLine::at));
    return lines;
  }

  private static StoryLine of(Fact fact, Long checkpoint, String name) {
    List<String> details = WORTH_READING.stream().map(fact::text).filter(code -> code.matches("[A-Za-z_]{2,40}")).distinct().toList();
    return new StoryLine(fact.seq(), fact.at(), fact.type().name(), null, fact.role(), name, fact.oid(), details, null, checkpoint);
  }

  private static StoryLine of(Step step) {
    String state = step.until() == null ? "STEP_RUNNING" : step.cancelled() ? "STEP_CANCELLED" : "STEP_DONE";
    return new StoryLine(-1, step.from(), step.name(), step.playbook(), "", "", "", List.of(state), step.form(), null);
  }
}
