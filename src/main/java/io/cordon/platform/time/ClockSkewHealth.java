package io.cordon.platform.time;

import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Says that this node is down for acting while its clock is wrong, so that somebody sets it. */
final class ClockSkewHealth implements HealthIndicator {
  private final ClockSkew skew;

  ClockSkewHealth(ClockSkew skew) {
    this.skew = skew;
  }

  @Override
  public Health health() {
    Optional<Duration> measured = skew.measure();
    boolean small = measured.filter(most -> most.compareTo(ClockSkew.MOST) <= 0).isPresent();
    return (small ? Health.up() : Health.down())
        .withDetail("skewMillis", measured.<Object>map(Duration::toMillis).orElse("unknown"))
        .withDetail("mostMillis", ClockSkew.MOST.toMillis())
        .build();
  }
}
