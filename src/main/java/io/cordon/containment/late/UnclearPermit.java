package io.cordon.containment.late;

import java.time.Instant;

/**
 * A permit under which something was sent, and which ended without Cordon knowing what became of it.
 *
 * @param mdeActionId the action Defender took, or null when none was seen
 * @param until when Defender has surely dropped whatever it may have
 */
record UnclearPermit(String id, String caseId, String action, String mdeDeviceId, String mdeActionId, Instant sentAt, Instant settledAt, Instant until) {
  boolean isIsolation() {
    return "ISOLATE".equals(action);
  }
}
