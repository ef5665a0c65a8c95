package io.cordon.gate.policy;

import io.cordon.gate.policy.PolicyTable.Row;
import io.cordon.gate.policy.PolicyUnusable.Problem;
import io.cordon.gate.policy.Route.Way;
import io.cordon.gate.policy.Strictness.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the second administrator has to know about a changed table. Exact over every combination of inputs.
 *
 * @param gaps combinations that no row covers, so that the strictest route is taken
 * @param weaker where the answer is weaker than in the table that is in force
 */
public record PolicyReview(List<String> gaps, List<Weaker> weaker) {
  /**
   * A weaker answer.
   *
   * @param row of the changed table, 0 when none covers it any more
   * @param oldRow of the table in force, 0 when none covered it
   * @param outputs what is weaker, by the names of the outputs
   * @param when the combinations concerned
   */
  public record Weaker(int row, int oldRow, List<String> outputs, String when) {}

  public PolicyReview {
    gaps = List.copyOf(gaps);
    weaker = List.copyOf(weaker);
  }

  /**
   * Reviews a table against the one in force.
   *
   * @throws PolicyUnusable when two rows answer the same combination, or a row answers what no row may
   */
  static PolicyReview of(PolicyTable changed, PolicyTable inForce) {
    check(changed);
    List<Weaker> weaker = new ArrayList<>();
    List<Row> before = withGaps(inForce, inForce.gaps());
    List<Region> gaps = changed.gaps();
    for (Row row : withGaps(changed, gaps)) {
      for (Row old : before) {
        Set<Output> outputs = Strictness.weaker(row.route(), old.route());
        if (!outputs.isEmpty()) {
          row.when().and(old.when()).ifPresent(both -> weaker.add(new Weaker(row.number(), old.number(), outputs.stream().map(Output::key).toList(), both.toString())));
        }
      }
    }
    return new PolicyReview(gaps.stream().map(Region::toString).toList(), weaker);
  }

  /** The rows, and what is done where there is none. */
  private static List<Row> withGaps(PolicyTable table, List<Region> gaps) {
    return Stream.concat(table.rows().stream(), gaps.stream().map(gap -> new Row(0, gap, Route.STRICTEST))).toList();
  }

  /** @throws PolicyUnusable when a row may not be there, whatever was in force before */
  static void check(PolicyTable table) {
    List<Row> rows = table.rows();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      checkBounds(row);
      for (Row other : rows.subList(i + 1, rows.size())) {
        row.when().and(other.when()).ifPresent(both -> {
          throw new PolicyUnusable(Problem.OVERLAP, List.of(row.number(), other.number()), both.toString());
        });
      }
    }
  }

  private static void checkBounds(Row row) {
    if (row.route().way() == Way.STANDARD_CHANGE) {
      refuse(row, Problem.STANDARD_CHANGE_OUT_OF_BOUNDS,
          Stream.of(
              Region.ALL.with(PolicyInput.ENV, Set.of("Prod", PolicyInput.UNKNOWN)),
              Region.ALL.with(PolicyInput.CONTAINS_PHI, Set.of("true", PolicyInput.UNKNOWN)),
              Region.ALL.with(PolicyInput.SYSTEM, Set.of(PolicyInput.UNKNOWN)),
              Region.ALL.with(PolicyInput.NEVER_ISOLATE, Set.of("true", PolicyInput.UNKNOWN)),
              Region.ALL.with(PolicyInput.ACTION, Set.of(PolicyInput.UNKNOWN)),
              Region.ALL.with(PolicyInput.CAPABILITY, Set.of("NONE", "SYSLOG_ONLY", PolicyInput.UNKNOWN))));
    }
    if (row.route().way() == Way.FORBIDDEN) {
      refuse(row, Problem.FORBIDDEN_BY_DEFAULT, Stream.of(Region.ALL.with(PolicyInput.NEVER_ISOLATE, Set.of("false", PolicyInput.UNKNOWN))));
    }
  }

  private static void refuse(Row row, Problem problem, Stream<Region> outOfBounds) {
    outOfBounds.forEach(region -> row.when().and(region).ifPresent(both -> {
      throw new PolicyUnusable(problem, List.of(row.number()), both.toString());
    }));
  }
}
