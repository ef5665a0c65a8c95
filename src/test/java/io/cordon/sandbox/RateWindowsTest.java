package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RateWindowsTest {
  private final StoppedClock clock = new StoppedClock();
  private final RateLimits limits = new RateLimits(clock);
  private final RateWindows underTest =
      limits.of(new RateWindows.Window(3, Duration.ofSeconds(10)), new RateWindows.Window(5, Duration.ofSeconds(100)));

  @Test
  void letsAsManyThroughAsTheWindowHolds() {
    take(3);
    assertThat(underTest.refuse("a")).contains(10L);
    assertThat(underTest.refuse("b")).isEmpty();
  }

  @Test
  void slidesWithTheOldestCall() {
    take(1);
    clock.now = clock.now.plusSeconds(4);
    take(2);
    assertThat(underTest.refuse("a")).contains(6L);
    clock.now = clock.now.plusMillis(5999);
    assertThat(underTest.refuse("a")).contains(1L);
    clock.now = clock.now.plusMillis(1);
    take(1);
    assertThat(underTest.refuse("a")).contains(4L);
  }

  @Test
  void holdsTheLongerWindowToo() {
    take(3);
    clock.now = clock.now.plusSeconds(10);
    take(2);
    assertThat(underTest.refuse("a")).contains(90L);
  }

  @Test
  void refusesNothingWhenLifted() {
    limits.enforce(false);
    take(50);
  }

  private void take(int calls) {
    for (int i = 0; i < calls; i++) {
      assertThat(underTest.refuse("a")).isEmpty();
    }
  }

  /** Stands still until told. */
  private static final class StoppedClock extends Clock {
    private Instant now = Instant.parse("2026-03-01T09:00:00Z");

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
}
