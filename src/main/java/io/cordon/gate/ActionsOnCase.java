package io.cordon.gate;

import java.time.Instant;

/**
 * How far what was agreed to in a case has come.
 *
 * @param moving whether an action is on its way to a machine
 * @param isolated whether a machine is isolated and was not released
 * @param windowFrom beginning of the newest window that was agreed to, UTC; null without one
 * @param tooLateAt its end, or when the service is expected back, if that is earlier
 */
public record ActionsOnCase(String caseId, boolean moving, boolean isolated, Instant windowFrom, Instant tooLateAt) {
  /** Whether a window that was agreed to is open or lies ahead. */
  public boolean isAgreed(Instant now) {
    return tooLateAt != null && now.isBefore(tooLateAt);
  }
}
