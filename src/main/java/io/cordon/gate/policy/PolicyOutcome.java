package io.cordon.gate.policy;

/**
 * What became of an answer to a changed table.
 *
 * @param accepted false when the answer changed nothing
 * @param code stable code: IN_FORCE, PROPOSED, REJECTED or why not
 * @param message one sentence for the person
 */
public record PolicyOutcome(boolean accepted, String code, String message) {
  static final PolicyOutcome IN_FORCE = new PolicyOutcome(true, "IN_FORCE", "Agreed. The table decides from now on; plans made before keep their version.");
  static final PolicyOutcome PROPOSED = new PolicyOutcome(true, "PROPOSED", "You proposed the shipped table. Another administrator decides; until then nothing changes.");
  static final PolicyOutcome REJECTED = new PolicyOutcome(true, "REJECTED", "Rejected. The table in force stays.");

  /** Why an answer was not taken. */
  enum Refusal {
    SAME_PERSON("You proposed this table, so another administrator must decide. It still waits."),
    ROLE_MISSING("Only a platform administrator decides about the policy. The table still waits."),
    ALREADY_DECIDED("This table was already decided about. Nothing was changed. Read the policy page to see what is in force."),
    STALE_VERSION("Another table came into force after this one was proposed. Nothing was changed. Compare the two and propose again.");

    private final String sentence;

    Refusal(String sentence) {
      this.sentence = sentence;
    }

    PolicyOutcome outcome() {
      return new PolicyOutcome(false, name(), sentence);
    }
  }
}
