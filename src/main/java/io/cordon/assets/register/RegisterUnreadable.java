package io.cordon.assets.register;

/** A file for the register that was not taken. Says where and what is wrong in our own words; repeats nothing of the file. */
public final class RegisterUnreadable extends RuntimeException {
  /** What is wrong. */
  public enum Problem {
    NOT_YAML("the file is no YAML that can be read here; aliases and several documents are not taken"),
    NOT_A_REGISTER("the file must hold one list named register"),
    NOT_AN_ENTRY("an entry must be a list of fields"),
    UNKNOWN_FIELD("there is a field the register does not have"),
    FIELD_TWICE("a field is given twice"),
    ARC_ID_MISSING("an entry needs arcId, the resource id of the Arc machine"),
    ENTRY_TWICE("the machine has an entry already in this file, or its mdeDeviceId belongs to another machine"),
    VALUE_NOT_TAKEN("the value is not one this field takes"),
    REVISION_STALE("the revision is not the current one of this machine; export again and repeat the change"),
    TOO_LARGE("the file is too large");

    private final String sentence;

    Problem(String sentence) {
      this.sentence = sentence;
    }
  }

  private final Problem problem;
  private final int line;
  private final int entry;
  private final String field;

  RegisterUnreadable(Problem problem, int line, int entry, String field) {
    super(problem.name());
    this.problem = problem;
    this.line = line;
    this.entry = entry;
    this.field = field;
  }

  public Problem problem() {
    return problem;
  }

  /** The line of the file, from 1; 0 when none can be named. */
  public int line() {
    return line;
  }

  /** The entry of the list, from 1; 0 outside of one. */
  public int entry() {
    return entry;
  }

  /** A sentence for whoever sent the file. */
  public String sentence() {
    StringBuilder where = new StringBuilder();
    if (line > 0) {
      where.append("Line ").append(line);
      where.append(entry > 0 ? ", entry " + entry : "").append(field == null ? "" : ", " + field).append(": ");
    }
    return where + problem.sentence + ". Nothing was changed.";
  }
}
