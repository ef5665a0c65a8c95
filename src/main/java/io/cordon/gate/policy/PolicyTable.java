package io.cordon.gate.policy;

import io.cordon.gate.policy.PolicyUnusable.Problem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A decision table as a list of rows, each a set of combinations and one answer. */
public record PolicyTable(List<PolicyTable.Row> rows) {
  private static final int MOST_ROWS = 200;
  private static final int MOST_GAPS = 500;
  private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");

  /** A row; numbers are from 1, as the Modeler shows them. */
  public record Row(int number, Region when, Route route) {}

  /**
   * A row as it is written.
   *
   * @param tests by the name of the input; an empty text or - tests nothing
   * @param answers by the name of the output: String, Boolean or Integer
   */
  public record Written(Map<String, String> tests, Map<String, Object> answers) {}

  public PolicyTable {
    rows = List.copyOf(rows);
  }

  /**
   * Reads the rows of a table.
   *
   * @throws PolicyUnusable when it looks at anything but the inputs there are, tests a value that cannot be, gives an answer
   *     that cannot be read, or has too many rows
   */
  public static PolicyTable of(List<String> inputs, List<Written> written) {
    Set<PolicyInput> known = EnumSet.noneOf(PolicyInput.class);
    inputs.forEach(input -> PolicyInput.of(input).ifPresent(known::add));
    if (known.size() != PolicyInput.values().length || inputs.size() != known.size()) {
      throw new PolicyUnusable(Problem.OTHER_INPUTS, List.of(), null);
    }
    if (written.size() > MOST_ROWS) {
      throw new PolicyUnusable(Problem.TOO_MANY_ROWS, List.of(), null);
    }
    List<Row> rows = new ArrayList<>();
    for (Written row : written) {
      rows.add(row(rows.size() + 1, row));
    }
    return new PolicyTable(rows);
  }

  private static Row row(int number, Written written) {
    Region when = Region.ALL;
    for (Map.Entry<String, String> test : written.tests().entrySet()) {
      PolicyInput input = PolicyInput.of(test.getKey()).orElseThrow();
      when = when.with(input, values(number, input, test.getValue()));
    }
    Route route =
        Route.read(written.answers()).orElseThrow(() -> new PolicyUnusable(Problem.ANSWER_UNREADABLE, List.of(number), null));
    return new Row(number, when, route);
  }

  private static Set<String> values(int row, PolicyInput input, String test) {
    Set<String> all = new LinkedHashSet<>(input.domain());
    if (test.isEmpty() || test.equals("-")) {
      return all;
    }
    Set<String> named = new LinkedHashSet<>();
    for (Matcher literal = LITERAL.matcher(test); literal.find(); ) {
      named.add(literal.group(1));
    }
    boolean possible = all.containsAll(named);
    if (test.startsWith("not(")) {
      all.removeAll(named);
    } else {
      all.retainAll(named);
    }
    if (!possible || all.isEmpty()) {
      throw new PolicyUnusable(Problem.VALUE_UNKNOWN, List.of(row), input.key());
    }
    return all;
  }

  /**
   * The combinations that no row covers, as regions that do not overlap.
   *
   * @throws PolicyUnusable when they lie so scattered that nobody could review them
   */
  List<Region> gaps() {
    List<Region> gaps = List.of(Region.ALL);
    for (Row row : rows) {
      gaps = gaps.stream().flatMap(gap -> gap.minus(row.when()).stream()).toList();
      if (gaps.size() > MOST_GAPS) {
        throw new PolicyUnusable(Problem.TOO_MANY_ROWS, List.of(), null);
      }
    }
    return Region.joined(gaps);
  }
}
