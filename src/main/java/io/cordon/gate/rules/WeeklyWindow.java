package io.cordon.gate.rules;

import io.cordon.gate.windows.TimeSpan;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * When a rule holds in every week, in local time.
 *
 * @param from the first moment of it on each of these days
 * @param to the first moment after it; 00:00 is the end of the day
 */
public record WeeklyWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
  public WeeklyWindow {
    if (days.isEmpty() || !(from.isBefore(to) || to.equals(LocalTime.MIDNIGHT))) {
      throw new IllegalArgumentException("a weekly window has days, and ends on the day after it begins");
    }
    days = Set.copyOf(days);
  }

  /** The window that is open at this moment. Clocks that are put forward or back shorten or lengthen it. */
  Optional<TimeSpan> at(Instant now, ZoneId zone) {
    ZonedDateTime local = now.atZone(zone);
    LocalDate day = local.toLocalDate();
    if (!days.contains(day.getDayOfWeek())) {
      return Optional.empty();
    }
    Instant opens = day.atTime(from).atZone(zone).toInstant();
    Instant closes = (to.equals(LocalTime.MIDNIGHT) ? day.plusDays(1).atStartOfDay(zone) : day.atTime(to).atZone(zone)).toInstant();
    boolean open = !now.isBefore(opens) && now.isBefore(closes);
    return open ? Optional.of(new TimeSpan(opens, closes)) : Optional.empty();
  }
}
