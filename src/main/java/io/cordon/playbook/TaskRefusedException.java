package io.cordon.playbook;

/**
 * A task or launch that cannot be done now: TASK_GONE, TASK_OF_OTHERS, INVALID_FIELDS, NOT_IN_TRIAGE, UNKNOWN_PLAYBOOK, and for
 * an emergency MACHINE_UNKNOWN, ALREADY_ACTING, ALREADY_ISOLATED or EMERGENCY_RUNS.
 */
public class TaskRefusedException extends RuntimeException {
  private final String code;

  TaskRefusedException(String code) {
    super(code);
    this.code = code;
  }

  /** The name of the text that tells people what happened. */
  public String code() {
    return code;
  }
}
