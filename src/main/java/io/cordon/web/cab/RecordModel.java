package io.cordon.web.cab;

import io.cordon.playbook.PathTaken;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the template of a summary is given. */
final class RecordModel {
  private static final String TIME = "d MMM yyyy, HH:mm:ss z";

  private final DateTimeFormatter times;
  private final Clock clock;

  RecordModel(ZoneId zone, Clock clock) {
    this.times = DateTimeFormatter.ofPattern(TIME, Locale.ENGLISH).withZone(zone);
    this.clock = clock;
  }

  Map<String, Object> of(ChangeRecord record, List<PathTaken> paths, String checkpoint) {
    return Map.of("record", record, "about", record.about(), "paths", paths, "checkpoint", checkpoint, "times", this, "made", clock.instant());
  }

  Instant now() {
    return clock.instant();
  }

  /** A time as people read it, always with its zone; a dash without one. */
  public String show(Instant at) {
    return at == null ? "-" : times.format(at);
  }
}
