package io.cordon.gate.windows;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** What operations can see of the calendar: readings, failures by code, and how old the last reading is. */
final class CalendarMeters {
  private final MeterRegistry registry;
  private volatile Instant readAt;

  CalendarMeters(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    TimeGauge.builder("cordon.calendar.read.age", () -> age(clock), TimeUnit.SECONDS).register(registry);
  }

  private Number age(Clock clock) {
    return readAt == null ? Double.NaN : Duration.between(readAt, clock.instant()).toMillis() / 1000.0;
  }

  void read(Instant at) {
    readAt = at;
    registry.counter("cordon.calendar.reads").increment();
  }

  void failed(String code) {
    registry.counter("cordon.calendar.failures", "code", code).increment();
  }
}
