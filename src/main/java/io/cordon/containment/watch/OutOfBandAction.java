package io.cordon.containment.watch;

import java.time.Instant;

/**
 * An isolation or release that no permit of Cordon's stands behind.
 *
 * @param action ISOLATE or UNISOLATE
 * @param state PENDING, SUCCEEDED, FAILED, CANCELLED, or UNRESOLVED when Defender forgot it before it was final
 * @param caseId the case that was open on the machine when it was noticed, or null
 * @param made when Defender was asked, UTC; null when it does not say
 */
public record OutOfBandAction(String mdeActionId, String mdeDeviceId, String action, String state, String caseId, Instant made, Instant seenAt) {
  public static final String ISOLATE = "ISOLATE";
  public static final String UNISOLATE = "UNISOLATE";
}
