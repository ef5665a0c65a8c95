package io.cordon.gate;

import io.cordon.platform.mode.OperatingMode;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Names the mode; a node that was not restarted when the mode changed is down, and sends nothing. */
final class ModeHealth implements HealthIndicator {
  private final OperatingMode mode;
  private final JdbcClient jdbc;

  ModeHealth(OperatingMode mode, JdbcClient jdbc) {
    this.mode = mode;
    this.jdbc = jdbc;
  }

  @Override
  public Health health() {
    String agreed = jdbc.sql("select mode from operating_mode").query(String.class).optional().orElse("LIVE");
    return (agreed.equals(mode.name()) ? Health.up() : Health.down()).withDetail("mode", mode.name()).withDetail("installation", agreed).build();
  }
}
