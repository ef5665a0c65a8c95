package io.cordon.alerts.sources;

import java.time.Duration;

/** How long a source is left alone after a failure. Pure. */
final class Waits {
  static final Duration WHEN_THROTTLED = Duration.ofMinutes(1);
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);

  private Waits() {}

  /** Twice as long after each failure, up to a limit. */
  static Duration after(int failuresBefore) {
    Duration wait = FIRST.multipliedBy(1L << Math.min(failuresBefore, 10));
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }

  /** As long as the service asked, within reason. */
  static Duration asAsked(Duration retryAfter) {
    return retryAfter.compareTo(LONGEST_ASKED) < 0 ? retryAfter : LONGEST_ASKED;
  }
}
