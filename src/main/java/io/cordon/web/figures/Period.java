package io.cordon.web.figures;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.stream.Stream;

/**
 * The days that figures are asked of, in the hospital's zone.
 *
 * @param last the last day, included
 */
public record Period(LocalDate first, LocalDate last, ZoneId zone) {
  /** As many days as one page can show, week by week. */
  static final int MOST_DAYS = 366;
  private static final int USUAL_DAYS = 30;

  public Period {
    if (last.isBefore(first) || !last.isBefore(first.plusDays(MOST_DAYS))) {
      throw new IllegalArgumentException("a period has 1 to " + MOST_DAYS + " days");
    }
  }

  /** This many days up to today. */
  static Period upTo(LocalDate today, int days, ZoneId zone) {
    return new Period(today.minusDays(days - 1L), today, zone);
  }

  /**
   * What was typed: days such as 2026-01-31; one that is left out is today, or the first of the usual thirty.
   *
   * @throws IllegalArgumentException when it is no such period
   */
  static Period typed(String from, String to, LocalDate today, ZoneId zone) {
    try {
      LocalDate last = isEmpty(to) ? today : LocalDate.parse(to.strip());
      return new Period(isEmpty(from) ? last.minusDays(USUAL_DAYS - 1L) : LocalDate.parse(from.strip()), last, zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no day");
    }
  }

  private static boolean isEmpty(String typed) {
    return typed == null || typed.isBlank();
  }

  Instant from() {
    return first.atStartOfDay(zone).toInstant();
  }

  /** The first moment after it. */
  Instant to() {
    return last.plusDays(1).atStartOfDay(zone).toInstant();
  }

  /** Its weeks by their Mondays; the first may have begun before it. */
  public List<LocalDate> weeks() {
    LocalDate monday = first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    return Stream.iterate(monday, week -> !week.isAfter(last), week -> week.plusWeeks(1)).toList();
  }
}
