package io.cordon.web.cab;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A line of the timeline: one entry, or several alike that came one after the other.
 *
 * @param details codes with words of their own under {@code detail} in messages.properties
 * @param times how many entries it stands for
 */
record TimelineRow(long seq, Instant at, String type, String role, String name, List<String> details, int times) {
  private static final List<String> WORTH_READING =
      List.of("action", "route", "channel", "outcome", "result", "reason", "refusal", "procedureImpact", "step", "onCall", "rung", "control", "finding",
          "holdDecision", "emergencyJudgement", "patientImpact", "followUp");

  static List<TimelineRow> of(List<Fact> facts, Map<Long, String> names) {
    List<TimelineRow> rows = new ArrayList<>();
    for (Fact fact : facts) {
      TimelineRow row = of(fact, names.getOrDefault(fact.seq(), ""));
      TimelineRow before = rows.isEmpty() ? null : rows.get(rows.size() - 1);
      if (before != null && before.isLike(row)) {
        rows.set(rows.size() - 1, before.again());
      } else {
        rows.add(row);
      }
    }
    return rows;
  }

  private static TimelineRow of(Fact fact, String name) {
    List<String> details = WORTH_READING.stream().map(fact::text).filter(code -> code.matches("[A-Za-z_]{2,40}")).distinct().toList();
    return new TimelineRow(fact.seq(), fact.at(), fact.type().name(), fact.role(), name, details, 1);
  }

  private boolean isLike(TimelineRow other) {
    return type.equals(other.type) && role.equals(other.role) && details.equals(other.details) && name.equals(other.name);
  }

  private TimelineRow again() {
    return new TimelineRow(seq, at, type, role, name, details, times + 1);
  }
}
