package io.cordon.channels.sentinel;

import java.time.Duration;

/** Sentinel was not reached, failed, throttled or changed the incident meanwhile; writing again is safe. */
public final class SentinelUnavailable extends RuntimeException {
  private final Duration retryAfter;

  SentinelUnavailable(String operation, String reason, Duration retryAfter) {
    super("Sentinel " + operation + ": unavailable, " + reason);
    this.retryAfter = retryAfter;
  }

  /** How long it asked to be left alone; null when it did not say. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
