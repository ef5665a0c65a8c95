package io.cordon.gate.policy;

import java.util.List;
import java.util.stream.Collectors;

/** A decision table that is not taken. Says which rows and what is wrong in our own words; repeats nothing of the file. */
public final class PolicyUnusable extends RuntimeException {
  /** What is wrong. */
  public enum Problem {
    TOO_LARGE("the file is larger than 1 MiB"),
    NOT_A_POLICY(
        "it is not a table as Cordon ships it: DMN 1.3, one decision named gatePolicy, hit policy UNIQUE, history kept six years, cells that only"
            + " list values, the same outputs of the same types"),
    OTHER_INPUTS("the table must look at exactly the inputs of the shipped table"),
    TOO_MANY_ROWS("the table has too many rows to be reviewed"),
    VALUE_UNKNOWN("%s tests a value that it never has"),
    ANSWER_UNREADABLE("an answer is missing, unknown, out of its range or contradicts another one"),
    OVERLAP("both rows answer when %s"),
    STANDARD_CHANGE_OUT_OF_BOUNDS("a standard change is never for production, patient data or unknown, but this row answers when %s"),
    FORBIDDEN_BY_DEFAULT("only an entry of the register forbids, but this row answers when %s"),
    NOTHING_CHANGED("this table is in force already");

    private final String sentence;

    Problem(String sentence) {
      this.sentence = sentence;
    }
  }

  private final Problem problem;
  private final List<Integer> rows;

  /** @param detail words of the inputs and of our own rules, never of the file; null for none */
  public PolicyUnusable(Problem problem, List<Integer> rows, String detail) {
    super(sentence(problem, rows, detail));
    this.problem = problem;
    this.rows = List.copyOf(rows);
  }

  public Problem problem() {
    return problem;
  }

  /** The rows concerned, from 1; empty when it is the table as a whole. */
  public List<Integer> rows() {
    return rows;
  }

  private static String sentence(Problem problem, List<Integer> rows, String detail) {
    String where = rows.stream().map(String::valueOf).collect(Collectors.joining(" and "));
    String what = detail == null ? problem.sentence : problem.sentence.formatted(detail);
    return (rows.isEmpty() ? "" : (rows.size() == 1 ? "Row " : "Rows ") + where + ": ") + what + ". Nothing was changed.";
  }
}
