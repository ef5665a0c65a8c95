package io.cordon.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Real time, moved on when told. */
final class SandboxClock extends Clock {
  private volatile Duration ahead = Duration.ZERO;

  synchronized void advance(Duration step) {
    ahead = ahead.plus(step);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
