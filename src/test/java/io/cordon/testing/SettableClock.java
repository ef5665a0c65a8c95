package io.cordon.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** A clock that stands still until told; the engine's clock goes with it. */
public final class SettableClock extends Clock {
  /** How far a played database's clock is ahead of this one. */
  public Duration databaseAhead = Duration.ZERO;
  private Instant now;

  public SettableClock(Instant now) {
    set(now);
  }

  /** Sets this clock and the engine's. */
  public void set(Instant instant) {
    now = instant;
    takeOver();
  }

  /** Sets the engine's clock to this one, which another world may have had. */
  void takeOver() {
    ClockUtil.setCurrentTime(Date.from(now));
  }

  /** Moves this clock and the engine's on. */
  public void tick(Duration step) {
    set(now.plus(step));
  }

  /** What a played database says. */
  public Instant databaseNow() {
    return now.plus(databaseAhead);
  }

  @Override
  public Instant instant() {
    return now;
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
