package io.cordon.gate.windows;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Windows and where they are offered from; without a mailbox and an address people name every window by hand.
 *
 * @param mailbox the one maintenance mailbox in Microsoft Graph, an id or an address; or null
 * @param icalendar address (https) or file of an iCalendar, for sites without Graph; or null
 * @param offerCategory category of the entries that offer a window
 * @param blackoutCategory category of the entries in which nothing may start
 * @param refresh how often the calendar is read
 * @param blackouts periods in which nothing may start, besides those of the calendar
 */
@ConfigurationProperties("cordon.windows")
record WindowsProperties(
    @DefaultValue("PT2M") Duration guard,
    @DefaultValue("PT3M") Duration usualIsolate,
    String mailbox,
    String icalendar,
    @DefaultValue("Maintenance") String offerCategory,
    @DefaultValue("Blackout") String blackoutCategory,
    @DefaultValue("PT2M") Duration refresh,
    @DefaultValue List<Blackout> blackouts) {

  WindowsProperties {
    if (isSet(mailbox) && isSet(icalendar)) {
      throw new IllegalArgumentException("cordon.windows: name a mailbox or an icalendar, not both");
    }
    if (refresh.compareTo(Duration.ofSeconds(10)) < 0) {
      throw new IllegalArgumentException("cordon.windows.refresh must be PT10S at least");
    }
  }

  /**
   * A period in which nothing may start. Times are with an offset, or local ones of {@code cordon.zone}.
   *
   * @param service the clinical service it is for; null for all
   */
  record Blackout(String from, String to, String service) {
    CalendarEntry entry(ZoneId zone) {
      try {
        // a local time that comes twice means the longer period
        TimeSpan span = new TimeSpan(instant(from, zone, false), instant(to, zone, true));
        return new CalendarEntry("configured", span, true, isSet(service) ? Set.of(service) : Set.of());
      } catch (DateTimeException | NullPointerException e) {
        throw new IllegalArgumentException("cordon.windows.blackouts: from and to are times such as 2026-12-24T18:00");
      }
    }

    private static Instant instant(String text, ZoneId zone, boolean later) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        var local = LocalDateTime.parse(text).atZone(zone);
        return (later ? local.withLaterOffsetAtOverlap() : local.withEarlierOffsetAtOverlap()).toInstant();
      }
    }
  }

  boolean hasMailbox() {
    return isSet(mailbox);
  }

  boolean hasIcalendar() {
    return isSet(icalendar);
  }

  private static boolean isSet(String value) {
    return value != null && !value.isBlank();
  }
}
