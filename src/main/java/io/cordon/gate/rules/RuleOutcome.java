package io.cordon.gate.rules;

/**
 * What became of an answer to a rule.
 *
 * @param accepted false when the answer changed nothing
 * @param code stable code: LIVE, AGREED, REJECTED, WITHDRAWN or why not
 * @param message one sentence for the person
 */
public record RuleOutcome(boolean accepted, String code, String message) {
  static final RuleOutcome LIVE = new RuleOutcome(true, "LIVE", "Agreed. The rule is live until it expires or somebody withdraws it.");
  static final RuleOutcome AGREED = new RuleOutcome(true, "AGREED", "Your agreement is recorded. The rule is live once every approver it names has agreed.");
  static final RuleOutcome REJECTED = new RuleOutcome(true, "REJECTED", "Rejected. No rule changed.");
  static final RuleOutcome WITHDRAWN = new RuleOutcome(true, "WITHDRAWN", "Withdrawn. Nothing more is sent under this rule; people are asked again.");

  /** Why an answer was not taken. */
  enum Refusal {
    SAME_PERSON("You proposed this rule, so somebody else must agree. It still waits."),
    NOT_AN_APPROVER("The rule does not name you as one of its approvers. It still waits for those it names."),
    ROLE_MISSING("Your account may not do this. The rule stays as it is. Ask a platform administrator."),
    ALREADY_DECIDED("This version of the rule was already decided about. Nothing was changed."),
    STALE_VERSION("A newer version of the rule is live. Nothing was changed. Propose the rule again."),
    EXPIRED("The rule has expired before everybody agreed. Nothing was changed. Propose it again with a later time.");

    private final String sentence;

    Refusal(String sentence) {
      this.sentence = sentence;
    }

    RuleOutcome outcome() {
      return new RuleOutcome(false, name(), sentence);
    }
  }
}
