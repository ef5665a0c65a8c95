package io.cordon.containment.signs;

import java.time.Instant;

/**
 * A machine that is looked at after an action of Cordon's on it.
 *
 * @param arcId as the approved plan names it; null when the plan does not
 * @param action ISOLATE or UNISOLATE
 * @param verdict what was last written down, or null
 * @param pagedVerdict what a person was last told, or null
 * @param over whether the machine was isolated or released again since, by whomever
 * @param changing whether Cordon is isolating or releasing it again just now
 */
record FollowUp(
    String permitId,
    String caseId,
    String mdeDeviceId,
    String arcId,
    String action,
    Instant endedAt,
    State state,
    Verdict verdict,
    Verdict pagedVerdict,
    boolean over,
    boolean changing) {

  /** How far it is. */
  enum State {
    OPEN,
    AS_EXPECTED,
    /** Past the deadline and not as it should be. */
    DOUBTFUL,
    /** Nobody looks any more, and nobody saw the machine as it should be. */
    GIVEN_UP,
    /** Something else happened to the machine since. */
    OVER
  }

  boolean isRelease() {
    return "UNISOLATE".equals(action);
  }

  boolean isDoubtful() {
    return state == State.DOUBTFUL;
  }
}
