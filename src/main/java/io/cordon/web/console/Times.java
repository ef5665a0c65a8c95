package io.cordon.web.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read and type them, always with the zone they are in. */
public final class Times {
  private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm z", Locale.ENGLISH);

  private final ZoneId zone;
  private final Clock clock;
  private final DateTimeFormatter shown;
  private final DateTimeFormatter exact;

  Times(ZoneId zone, Clock clock) {
    this.zone = zone;
    this.clock = clock;
    this.shown = DateTimeFormatter.ofPattern("EEE d MMM, HH:mm z", Locale.ENGLISH).withZone(zone);
    this.exact = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss z", Locale.ENGLISH).withZone(zone);
  }

  /** For reading: day and minute. */
  public String show(Instant instant) {
    return instant == null ? "-" : shown.format(instant);
  }

  /** For looking up: year and second. */
  public String exact(Instant instant) {
    return instant == null ? "-" : exact.format(instant);
  }

  /** How far it is to then: "12 min left", "2 h 5 min left", "over since 3 min". */
  public String left(Instant then) {
    if (then == null) {
      return "";
    }
    Duration left = Duration.between(clock.instant(), then);
    return left.isNegative() ? "over since " + length(left.negated()) : length(left) + " left";
  }

  /** How long ago it was: "less than a minute ago", "3 min ago". */
  public String ago(Instant then) {
    return length(Duration.between(then, clock.instant())) + " ago";
  }

  /** Whether a deadline is near enough to stand out, or over. */
  public boolean presses(Instant then) {
    return then != null && Duration.between(clock.instant(), then).compareTo(Duration.ofMinutes(5)) < 0;
  }

  public Instant now() {
    return clock.instant();
  }

  public String zone() {
    return zone.getId();
  }

  /** From then to then: the day once when it is one day, the zone twice when the clocks change in between. */
  public String span(Instant from, Instant to) {
    ZonedDateTime start = from.atZone(zone);
    ZonedDateTime end = to.atZone(zone);
    boolean sameDay = start.toLocalDate().equals(end.toLocalDate());
    boolean sameOffset = start.getOffset().equals(end.getOffset());
    return (sameOffset ? DAY_AND_TIME : shown).format(start) + " to " + (sameDay ? TIME : shown).format(end);
  }

  /** What a datetime-local field sends; a time that {@link #problemOf} finds nothing wrong with. */
  Instant read(String typed) {
    return LocalDateTime.parse(typed).atZone(zone).toInstant();
  }

  /** The name of what is wrong with a typed time in the night in which the clocks change, or null. */
  String problemOf(String typed) {
    return switch (zone.getRules().getValidOffsets(LocalDateTime.parse(typed)).size()) {
      case 0 -> "TIME_SKIPPED";
      case 1 -> null;
      default -> "TIME_TWICE";
    };
  }

  private static String length(Duration time) {
    long minutes = time.toMinutes();
    if (minutes < 1) {
      return "less than a minute";
    }
    if (minutes < 60) {
      return minutes + " min";
    }
    return minutes % 60 == 0 ? minutes / 60 + " h" : minutes / 60 + " h " + minutes % 60 + " min";
  }
}
