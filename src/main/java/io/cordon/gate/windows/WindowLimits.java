package io.cordon.gate.windows;

import java.time.Duration;

/**
 * What every window leaves room for.
 *
 * @param guard nothing is sent in this time before a window closes, so that what Defender has not begun can still be
 *     cancelled inside the window; two minutes at least (contract evidence-phi-security, fault F10)
 * @param usualIsolate how long Defender usually takes to isolate a machine that is online
 */
public record WindowLimits(Duration guard, Duration usualIsolate) {
  public static final Duration LEAST_GUARD = Duration.ofMinutes(2);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Two minutes of guard and three to isolate. */
  public static final WindowLimits USUAL = new WindowLimits(LEAST_GUARD, Duration.ofMinutes(3));

  public WindowLimits {
    if (guard.compareTo(LEAST_GUARD) < 0 || guard.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("cordon.windows.guard must be from PT2M to PT1H");
    }
    if (usualIsolate.compareTo(Duration.ofMinutes(1)) < 0 || usualIsolate.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("cordon.windows.usual-isolate must be from PT1M to PT1H");
    }
  }

  /** The shortest window in which a machine can be isolated. */
  public Duration shortest() {
    return guard.plus(usualIsolate);
  }

  /** The same in whole minutes, as people are told it. */
  public int shortestMinutes() {
    return (int) shortest().plusSeconds(59).toMinutes();
  }
}
