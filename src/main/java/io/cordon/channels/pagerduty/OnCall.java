package io.cordon.channels.pagerduty;

import java.time.Instant;

/**
 * Somebody who is on call now. The name is for the screen only: it is neither stored nor logged.
 *
 * @param level of the escalation policy, from 1
 * @param until when the shift ends; null when it does not
 */
public record OnCall(int level, String name, Instant until) {
  @Override
  public String toString() {
    return "OnCall[" + level + "]";
  }
}
