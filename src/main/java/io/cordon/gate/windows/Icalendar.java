package io.cordon.gate.windows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Period;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.TemporalAdapter;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Categories;
import net.fortuna.ical4j.model.property.DateProperty;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.RRule;
import net.fortuna.ical4j.transform.recurrence.Frequency;

/**
 * The entries of an iCalendar (RFC 5545). Takes times, status and categories and nothing else. A time without a zone is one
 * of the site's; a series is taken apart, with what was moved or cancelled in it.
 */
final class Icalendar {
  private static final Set<Frequency> TOO_OFTEN = Set.of(Frequency.SECONDLY, Frequency.MINUTELY);
  /** The longest event that is still found after it began. */
  private static final Duration LONGEST = Duration.ofDays(400);
  private static final int MOST = 5_000;

  private final CalendarWords words;
  private final ZoneId zone;

  Icalendar(CalendarWords words, ZoneId zone) {
    this.words = words;
    this.zone = zone;
  }

  /**
   * The entries that share a moment with this span.
   *
   * @throws CalendarUnreadable when it is no calendar, or one of the events that are for Cordon cannot be read
   */
  List<CalendarEntry> read(byte[] file, TimeSpan span) {
    try {
      List<VEvent> events = calendar(file).getComponents(Component.VEVENT);
      List<CalendarEntry> entries = new ArrayList<>();
      for (VEvent event : events) {
        if (words.areIn(categories(event))) {
          occurrences(event, events, span).forEach(entries::add);
        }
        if (entries.size() > MOST) {
          throw new CalendarUnreadable("TOO_MANY");
        }
      }
      return entries;
    } catch (CalendarUnreadable e) {
      throw e;
    } catch (IOException | ParserException | RuntimeException e) {
      // whatever in it the library stumbles over: what could not be read offers nothing
      throw new CalendarUnreadable("UNREADABLE");
    }
  }

  private static Calendar calendar(byte[] file) throws IOException, ParserException {
    return new CalendarBuilder().build(new ByteArrayInputStream(file));
  }

  private Stream<CalendarEntry> occurrences(VEvent event, List<VEvent> all, TimeSpan span) {
    if (isCancelled(event)) {
      return Stream.empty();
    }
    event.getProperties(Property.RRULE).forEach(Icalendar::requireSeldom);
    requireLength(event);
    Set<Instant> replaced = isOccurrence(event) ? Set.of() : replaced(event, all);
    Temporal start = ((DtStart<?>) event.getRequiredProperty(Property.DTSTART)).getDate();
    return event.<Temporal>calculateRecurrenceSet(searched(start, span)).stream()
        .filter(at -> !replaced.contains(instant(at.getStart())))
        .flatMap(at -> words.entry(uid(event), instant(at.getStart()), end(at), categories(event)).stream())
        .filter(entry -> entry.span().overlaps(span));
  }

  /** Some write of a whole day that it ends on the day on which it begins. */
  private Instant end(Period<? extends Temporal> at) {
    Instant end = instant(at.getEnd());
    return at.getStart() instanceof LocalDate day && !end.isAfter(instant(day)) ? instant(day.plusDays(1)) : end;
  }

  /** The first of a series says how long each is: one without a length cannot tell when nothing may start. */
  private void requireLength(VEvent event) {
    boolean repeats = event.getProperty(Property.RRULE).isPresent() || event.getProperty(Property.RDATE).isPresent();
    Temporal start = ((DtStart<?>) event.getRequiredProperty(Property.DTSTART)).getDate();
    boolean lasts =
        start instanceof LocalDate || event.getProperty(Property.DURATION).isPresent()
            || event.<DateProperty<?>>getProperty(Property.DTEND).filter(end -> instant(end.getDate()).isAfter(instant(start))).isPresent();
    if (repeats && !lasts && words.forbid(categories(event))) {
      throw new CalendarUnreadable("UNREADABLE");
    }
  }

  /** Begins early enough for what began before the span and still lasts; days count whole. */
  private Period<? extends Temporal> searched(Temporal start, TimeSpan span) {
    var from = span.from().minus(LONGEST).atZone(zone);
    var to = span.to().plus(Duration.ofDays(1)).atZone(zone);
    if (start instanceof LocalDate) {
      return new Period<>(from.toLocalDate(), to.toLocalDate());
    }
    return TemporalAdapter.isFloating(start) ? new Period<>(from.toLocalDateTime(), to.toLocalDateTime()) : new Period<>(from, to);
  }

  /** The starts in this series that an event of their own replaces. */
  private Set<Instant> replaced(VEvent series, List<VEvent> all) {
    Set<Instant> starts = new HashSet<>();
    for (VEvent other : all) {
      if (isOccurrence(other) && uid(other).equals(uid(series))) {
        starts.add(instant(((DateProperty<?>) other.getRequiredProperty(Property.RECURRENCE_ID)).getDate()));
      }
    }
    return starts;
  }

  private static void requireSeldom(Property rule) {
    if (TOO_OFTEN.contains(((RRule<?>) rule).getRecur().getFrequency())) {
      throw new CalendarUnreadable("TOO_MANY");
    }
  }

  private Instant instant(Temporal time) {
    return time instanceof LocalDate day ? day.atStartOfDay(zone).toInstant() : TemporalAdapter.toLocalTime(time, zone).toInstant();
  }

  private static boolean isOccurrence(VEvent event) {
    return event.getProperty(Property.RECURRENCE_ID).isPresent();
  }

  private static boolean isCancelled(VEvent event) {
    return event.getProperty(Property.STATUS).map(status -> "CANCELLED".equalsIgnoreCase(status.getValue())).orElse(false);
  }

  private static String uid(VEvent event) {
    return event.getRequiredProperty(Property.UID).getValue();
  }

  private static List<String> categories(VEvent event) {
    return event.getProperties(Property.CATEGORIES).stream()
        .flatMap(property -> ((Categories) property).getCategories().getTexts().stream())
        .toList();
  }
}
