package io.cordon.gate.windows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.test.util.ReflectionTestUtils;

/** What a node remembers of its calendar. */
public final class CalendarMemory {
  private CalendarMemory() {}

  /** Lets the windows know as much as right after a start. */
  public static void forget(MaintenanceWindows windows) {
    Clock clock = Clock.systemUTC();
    var started =
        new MaintenanceWindows(
            Optional.empty(), List.of(), WindowLimits.USUAL, new CalendarMeters(new SimpleMeterRegistry(), clock), clock, ZoneOffset.UTC, Duration.ZERO);
    ReflectionTestUtils.setField(windows, "last", ReflectionTestUtils.getField(started, "last"));
  }
}
