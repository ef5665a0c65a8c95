package io.cordon.playbook;

/**
 * A task or launch that cannot be done now: TASK_GONE, TASK_OF_OTHERS, INVALID_FIELDS, NOT_IN_TRIAGE, UNKNOWN_PLAYBOOK, and for a
 * playbook that takes a case over MACHINE_UNKNOWN, NO_SENSOR, ALREADY_ACTING, ALREADY_ISOLATED or NOT_NOW.
 */
public class TaskRefusedException extends RuntimeException {
  private final String code;

  TaskRefusedException(String code) {
    super(code);
    this.code = code;
  }

  static void unless(boolean holds, String code) {
    if (!holds) {
      throw new TaskRefusedException(code);
    }
  }

  /** The name of the text that tells people what happened. */
  public String code() {
    return code;
  }
}
