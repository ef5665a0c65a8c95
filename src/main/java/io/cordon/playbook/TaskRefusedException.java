package io.cordon.playbook;

/**
 * A task or launch that cannot be done now: TASK_GONE, TASK_OF_OTHERS, INVALID_FIELDS, NOT_IN_TRIAGE or UNKNOWN_PLAYBOOK;
 * for a playbook that takes a case over MACHINE_UNKNOWN, NO_SENSOR, ALREADY_ACTING, STILL_UNRESOLVED, ALREADY_ISOLATED or NOT_NOW;
 * or PLAN_CANNOT_CHANGE and the codes that start with TARGET, about machines that somebody named.
 */
public class TaskRefusedException extends RuntimeException {
  private final String code;
  private final int place;

  public TaskRefusedException(String code) {
    this(code, 0);
  }

  /** @param place of the machine among those that were named, from 1; 0 when it is about none of them */
  public TaskRefusedException(String code, int place) {
    super(code);
    this.code = code;
    this.place = place;
  }

  public int place() {
    return place;
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
