package io.cordon.platform.time;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Watches that this node's clock and the database's agree: for the gate, for the health check and as a metric. */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {
  /** The one query that asks the database for the time; everything else gets it from the application's clock. */
  @Bean
  DatabaseTime databaseTime(JdbcClient jdbc) {
    return () -> jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }

  @Bean
  ClockSkew clockSkew(Clock clock, DatabaseTime database, MeterRegistry meters) {
    ClockSkew skew = new ClockSkew(clock, database);
    TimeGauge.builder("cordon.clock.skew", () -> skew.measure().<Number>map(most -> most.toMillis() / 1000.0).orElse(Double.NaN), TimeUnit.SECONDS)
        .description("The most by which this node's clock and the database's can differ; above 2 s nothing acts")
        .register(meters);
    return skew;
  }

  @Bean
  HealthIndicator clockSkewHealthIndicator(ClockSkew skew) {
    return new ClockSkewHealth(skew);
  }
}
