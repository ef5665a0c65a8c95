package io.cordon.assets.register;

/**
 * What became of an answer to a change of the register.
 *
 * @param accepted false when the answer changed nothing that is in force
 * @param code stable code: APPROVED, REJECTED or why not
 * @param message one sentence for the person
 */
public record RegisterOutcome(boolean accepted, String code, String message) {
  static final RegisterOutcome APPROVED = new RegisterOutcome(true, "APPROVED", "Approved. The change is in force.");
  static final RegisterOutcome REJECTED = new RegisterOutcome(true, "REJECTED", "Rejected. The safety fields stay as they were.");

  /** Why an answer was not taken. */
  enum Refusal {
    SAME_PERSON("You proposed this change, so another administrator must decide. It still waits."),
    ROLE_MISSING("Only a platform administrator decides about the register. The change still waits."),
    ALREADY_DECIDED("This change was already decided. Nothing was changed. Read the register to see what is in force."),
    STALE_REVISION("An entry changed after this was proposed. Nothing was changed. Export the register and propose again."),
    DEVICE_TAKEN("Another machine has this device id by now. Nothing was changed. Export the register and propose again.");

    private final String sentence;

    Refusal(String sentence) {
      this.sentence = sentence;
    }

    RegisterOutcome outcome() {
      return new RegisterOutcome(false, name(), sentence);
    }
  }
}
