package io.cordon.sandbox;

import java.time.Clock;

/** Makes the rate windows of all services, and can lift them for a measurement of something else. */
final class RateLimits {
  private final Clock clock;
  private volatile boolean enforced = true;

  RateLimits(Clock clock) {
    this.clock = clock;
  }

  RateWindows of(RateWindows.Window... windows) {
    return new RateWindows(this, windows);
  }

  Clock clock() {
    return clock;
  }

  boolean enforced() {
    return enforced;
  }

  void enforce(boolean yes) {
    enforced = yes;
  }
}
