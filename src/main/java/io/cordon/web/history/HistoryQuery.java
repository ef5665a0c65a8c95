package io.cordon.web.history;

import io.cordon.alerts.CaseSearch.Wanted;
import io.cordon.web.api.ApiException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** What was typed to look something up; days are in the hospital's zone, the last one included. */
public record HistoryQuery(String id, String host, String person, String from, String to, String outcome, String state, String after) {
  Wanted wanted(ZoneId zone) {
    return new Wanted(id, host, person, day(from, zone, 0), day(to, zone, 1), outcome, state, null, null);
  }

  /** The beginning of a day some days after this one; null without one. */
  static Instant day(String typed, ZoneId zone, int later) {
    if (typed == null || typed.isBlank()) {
      return null;
    }
    try {
      return LocalDate.parse(typed.strip()).plusDays(later).atStartOfDay(zone).toInstant();
    } catch (DateTimeException e) {
      throw ApiException.invalid();
    }
  }
}
