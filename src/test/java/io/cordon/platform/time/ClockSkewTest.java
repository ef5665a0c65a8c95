package io.cordon.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.health.Status;
import org.springframework.dao.DataAccessResourceFailureException;

class ClockSkewTest {
  private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");

  @ParameterizedTest
  @CsvSource({"0, UP", "2000, UP", "-2000, UP", "2001, DOWN", "-2001, DOWN", "600000, DOWN", "-600000, DOWN"})
  void isDownWhenTheClocksAreMoreThanTwoSecondsApart(long milliseconds, String status) {
    ClockSkew skew = of(() -> NOW.plusMillis(milliseconds));
    assertThat(skew.isSmall()).isEqualTo(status.equals("UP"));
    assertThat(new ClockSkewHealth(skew).health().getStatus()).isEqualTo(new Status(status));
    assertThat(skew.measure()).contains(Duration.ofMillis(Math.abs(milliseconds)));
  }

  @Test
  void isDownWhenTheDatabaseDoesNotTell() {
    ClockSkew skew = of(() -> {
      throw new DataAccessResourceFailureException("away");
    });
    assertThat(skew.isSmall()).isFalse();
    assertThat(new ClockSkewHealth(skew).health().getDetails()).containsEntry("skewMillis", "unknown");
  }

  private static ClockSkew of(DatabaseTime database) {
    return new ClockSkew(Clock.fixed(NOW, ZoneOffset.UTC), database);
  }
}
