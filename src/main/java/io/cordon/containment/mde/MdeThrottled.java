package io.cordon.containment.mde;

import java.time.Duration;

/** Too many requests; nothing was accepted. Trying before {@link #retryAfter} gives the same again. */
public final class MdeThrottled extends MdeException {
  private final Duration retryAfter;

  public MdeThrottled(String operation, Duration retryAfter) {
    super(operation, "throttled, again in " + retryAfter.toSeconds() + " s");
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
