package io.cordon.containment.watch;

import java.time.Instant;

/**
 * An isolation or release that no permit of Cordon's stands behind, or none any more.
 *
 * @param action ISOLATE or UNISOLATE
 * @param state PENDING, SUCCEEDED, FAILED, CANCELLED, or UNRESOLVED when Defender forgot it before it was final
 * @param caseId the case that was open on the machine when it was noticed, or null
 * @param made when Defender was asked, UTC; null when it does not say
 * @param late whether Cordon itself had sent it, under a permit that ended without a known result
 */
public record OutOfBandAction(
    String mdeActionId, String mdeDeviceId, String action, String state, String caseId, Instant made, Instant seenAt, boolean late) {
  public static final String ISOLATE = "ISOLATE";
  public static final String UNISOLATE = "UNISOLATE";

  /** The same in another state, or of another case, seen now. */
  OutOfBandAction with(String newState, String newCase, Instant now) {
    return new OutOfBandAction(mdeActionId, mdeDeviceId, action, newState, newCase, made, now, late);
  }
}
