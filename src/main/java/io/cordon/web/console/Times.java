package io.cordon.web.console;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read and type them, always with the zone they are in. */
final class Times {
  private final ZoneId zone;
  private final DateTimeFormatter shown;

  Times(ZoneId zone) {
    this.zone = zone;
    this.shown = DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm z", Locale.ENGLISH).withZone(zone);
  }

  public String show(Instant instant) {
    return instant == null ? "-" : shown.format(instant);
  }

  public String zone() {
    return zone.getId();
  }

  /** What a datetime-local field sends. */
  Instant read(String typed) {
    return LocalDateTime.parse(typed).atZone(zone).toInstant();
  }
}
