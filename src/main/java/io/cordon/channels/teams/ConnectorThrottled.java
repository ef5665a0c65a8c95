package io.cordon.channels.teams;

import java.time.Duration;

/** Too many messages; nothing was posted. */
public final class ConnectorThrottled extends ConnectorException {
  private final Duration retryAfter;

  ConnectorThrottled(String operation, Duration retryAfter) {
    super(operation, "throttled, again in " + retryAfter.toSeconds() + " s");
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
