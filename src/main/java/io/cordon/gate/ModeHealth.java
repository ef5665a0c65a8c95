package io.cordon.gate;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Names the mode; a node that was not restarted when the mode changed is down, and does nothing at Defender. */
final class ModeHealth implements HealthIndicator {
  private final ModeState mode;

  ModeHealth(ModeState mode) {
    this.mode = mode;
  }

  @Override
  public Health health() {
    ModeState.State now = mode.now();
    return (now.isRight() ? Health.up() : Health.down()).withDetail("mode", now.here().name()).withDetail("installation", now.agreed().name()).build();
  }
}
