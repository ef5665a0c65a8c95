package io.cordon.gate.rules;

/** A rule that is not taken; names the field and what it takes, and repeats nothing of what was sent. */
public final class RuleUnusable extends RuntimeException {
  private final String field;

  RuleUnusable(String field, String takes) {
    super(field + ": " + takes + ". Nothing was changed.");
    this.field = field;
  }

  /** The field that is wrong, or "rule" for the whole. */
  public String field() {
    return field;
  }
}
