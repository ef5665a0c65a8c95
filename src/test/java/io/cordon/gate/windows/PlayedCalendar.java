package io.cordon.gate.windows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A calendar as a test plays it. */
public final class PlayedCalendar {
  private final List<CalendarEntry> entries = new ArrayList<>();
  private final MaintenanceWindows windows;
  private boolean fails;

  public PlayedCalendar(Clock clock, ZoneId zone) {
    MaintenanceCalendar calendar = span -> {
      if (fails) {
        throw new CalendarUnreadable("NOT_REACHED");
      }
      return List.copyOf(entries);
    };
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    windows =
        new MaintenanceWindows(
            Optional.of(calendar), List.of(), WindowLimits.USUAL, new CalendarMeters(meters, clock), clock, zone, Duration.ofMinutes(2));
  }

  /** The windows as the calendar was last read. */
  public MaintenanceWindows windows() {
    return windows;
  }

  /** Puts a window into the calendar and has it read. */
  public void offer(String key, String from, String to) {
    put(new CalendarEntry(key, new TimeSpan(Instant.parse(from), Instant.parse(to)), false, Set.of()));
  }

  /** Puts a period into it in which nothing may start. */
  public void forbid(Instant from, Instant to) {
    put(new CalendarEntry("blackout", new TimeSpan(from, to), true, Set.of()));
  }

  private void put(CalendarEntry entry) {
    entries.add(entry);
    windows.lookAgain(null);
  }

  /** Empties it and has it read. */
  public void clear() {
    fails = false;
    entries.clear();
    windows.lookAgain(null);
  }

  /** From now on it cannot be read. */
  public void fail() {
    fails = true;
    windows.lookAgain(null);
  }
}
