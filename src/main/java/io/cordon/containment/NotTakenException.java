package io.cordon.containment;

import java.time.Duration;

/** Defender definitely did not take the action; it may be sent again after this time. */
public class NotTakenException extends RuntimeException {
  private final Duration retryAfter;

  NotTakenException(Duration retryAfter) {
    super("Defender did not take the action; it is sent again later");
    this.retryAfter = retryAfter;
  }

  /** How long to wait, as Defender asked, or a default. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
