package io.cordon.channels.pagerduty;

import java.time.Duration;

/** Too many events for one key; this one was not taken. */
public final class PagerDutyThrottled extends PagerDutyException {
  private final Duration retryAfter;

  PagerDutyThrottled(String operation, Duration retryAfter) {
    super(operation, "throttled, again in " + retryAfter.toSeconds() + " s");
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
