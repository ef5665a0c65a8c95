package io.cordon.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.testing.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T02:00:00Z"));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Breaker breaker = new Breaker("teams", clock, meters, IllegalStateException.class::isInstance);

  @Test
  void leavesAServiceAloneOfWhichHalfTheCallsFailAndTriesAFewAgain() {
    for (int call = 0; call < 20; call++) {
      boolean fails = call % 2 == 0;
      try {
        breaker.call(() -> answer(fails));
      } catch (IllegalStateException e) {
        assertThat(fails).isTrue();
      }
    }
    assertThat(meters.get("cordon.breaker.open").tag("service", "teams").gauge().value()).isEqualTo(1);
    assertThatThrownBy(() -> breaker.call(() -> answer(false))).isInstanceOf(BreakerOpen.class);

    clock.tick(Duration.ofSeconds(11));
    for (int call = 0; call < 3; call++) {
      assertThat(breaker.call(() -> answer(false))).isEqualTo("ok");
    }
    assertThat(meters.get("cordon.breaker.open").gauge().value()).isZero();
  }

  @Test
  void staysClosedWhenTheCallsAreBadAndNotTheService() {
    for (int call = 0; call < 40; call++) {
      assertThatThrownBy(() -> breaker.call(() -> {
        throw new IllegalArgumentException("refused");
      })).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(breaker.call(() -> answer(false))).isEqualTo("ok");
  }

  private static String answer(boolean fails) {
    if (fails) {
      throw new IllegalStateException("unavailable");
    }
    return "ok";
  }
}
