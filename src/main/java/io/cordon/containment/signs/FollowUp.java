package io.cordon.containment.signs;

import java.time.Instant;

/**
 * A machine that is looked at after an action of Cordon's on it.
 *
 * @param arcId as the approved plan names it; null when the plan does not
 * @param action ISOLATE or UNISOLATE
 * @param state OPEN, or DOUBTFUL once the deadline passed
 * @param verdict what was last written down, or null
 * @param paged whether a person was told
 * @param over whether the machine was isolated or released again since, by whomever
 */
record FollowUp(
    String permitId,
    String caseId,
    String mdeDeviceId,
    String arcId,
    String action,
    Instant endedAt,
    String state,
    String verdict,
    boolean paged,
    boolean over) {
  boolean isRelease() {
    return "UNISOLATE".equals(action);
  }

  boolean isDoubtful() {
    return "DOUBTFUL".equals(state);
  }
}
