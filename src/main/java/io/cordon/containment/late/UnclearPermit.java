package io.cordon.containment.late;

import java.time.Instant;
import java.util.Set;

/**
 * A permit under which something was sent, and of which Defender may have more than Cordon knows.
 *
 * @param sends how often it was sent; Defender may have taken as many
 * @param mdeActionId the action Defender took, or null when none was seen
 * @param until when Defender has surely dropped whatever it may have
 * @param owned whether a person said that it was carried out, so that the case goes on from there
 */
record UnclearPermit(
    String id,
    String caseId,
    String action,
    String state,
    int sends,
    String mdeDeviceId,
    String mdeActionId,
    Instant sentAt,
    Instant settledAt,
    Instant until,
    boolean owned) {
  private static final Set<String> KNOWN = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

  boolean isIsolation() {
    return "ISOLATE".equals(action);
  }

  /** Whether the permit ended with what Defender said of this very action. */
  boolean endedWith(String otherId) {
    return !owned && KNOWN.contains(state) && otherId.equals(mdeActionId);
  }
}
