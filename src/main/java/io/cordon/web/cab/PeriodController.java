package io.cordon.web.cab;

import io.cordon.web.api.ApiException;
import io.cordon.web.security.CurrentPerson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The record of all changes of a period as a zip, a year at most. GET leaves no trace; POST is the export, and recorded. */
@RestController
class PeriodController {
  private static final Duration LONGEST = Duration.ofDays(366);

  private final PeriodPacks packs;
  private final ZoneId zone;

  PeriodController(PeriodPacks packs, @Value("${cordon.zone:UTC}") ZoneId zone) {
    this.packs = packs;
    this.zone = zone;
  }

  /** @param from first day, in the hospital's zone, such as {@code 2026-01-01}; to, the last one */
  @GetMapping("/api/evidence/period")
  void look(@RequestParam String from, @RequestParam String to, HttpServletResponse response) throws IOException {
    PeriodPacks.Prepared record = prepared(from, to);
    begin(response);
    record.write(response.getOutputStream());
  }

  @PostMapping({"/api/evidence/period", "/history/periods/record"})
  void export(@RequestParam String from, @RequestParam String to, Authentication who, HttpServletResponse response) throws IOException {
    PeriodPacks.Prepared record = prepared(from, to);
    begin(response);
    record.export(CurrentPerson.of(who), response.getOutputStream());
  }

  private PeriodPacks.Prepared prepared(String from, String to) throws IOException {
    Instant first = day(from, 0);
    Instant end = day(to, 1);
    if (!first.isBefore(end) || Duration.between(first, end).compareTo(LONGEST.plusDays(1)) > 0) {
      throw ApiException.invalid();
    }
    return packs.prepare(first, end);
  }

  private Instant day(String typed, int later) {
    try {
      return LocalDate.parse(typed).plusDays(later).atStartOfDay(zone).toInstant();
    } catch (DateTimeException e) {
      throw ApiException.invalid();
    }
  }

  private static void begin(HttpServletResponse response) {
    response.setContentType("application/zip");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"changes-of-a-period.zip\"");
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
  }
}
