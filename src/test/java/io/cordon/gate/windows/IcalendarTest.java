package io.cordon.gate.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IcalendarTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final CalendarWords WORDS = new CalendarWords("Maintenance", "Blackout", Set.of("PACS", "EHR"));
  /** What an Outlook of another language writes for its zones. */
  private static final String ZONE =
      """
      BEGIN:VTIMEZONE
      TZID:Eastern Standard Time
      BEGIN:STANDARD
      DTSTART:16011104T020000
      RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
      TZOFFSETFROM:-0400
      TZOFFSETTO:-0500
      END:STANDARD
      BEGIN:DAYLIGHT
      DTSTART:16010311T020000
      RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
      TZOFFSETFROM:-0500
      TZOFFSETTO:-0400
      END:DAYLIGHT
      END:VTIMEZONE
      """;

  private final Icalendar calendar = new Icalendar(WORDS, NEW_YORK);
  private TimeSpan span = days("2026-03-01T00:00:00Z", 31);

  @Test
  void takesTimesAndCategoriesAndNothingElse() {
    var entries = read(event("DTSTART:20260303T070000Z\nDTEND:20260303T090000Z\nCATEGORIES:Maintenance,PACS,Jane Roe\nSUMMARY:MRI of Jane Roe\nLOCATION:Room 4"));
    assertThat(entries).hasSize(1);
    CalendarEntry entry = entries.get(0);
    assertThat(entry.span()).isEqualTo(new TimeSpan(Instant.parse("2026-03-03T07:00:00Z"), Instant.parse("2026-03-03T09:00:00Z")));
    assertThat(entry.services()).containsExactly("PACS");
    assertThat(entry.toString()).doesNotContainIgnoringCase("Roe").doesNotContain("Room");
  }

  @Test
  void dropsWhatIsFiledUnderNoWordOfOurs() {
    assertThat(read(event("DTSTART:20260303T070000Z\nDTEND:20260303T090000Z\nCATEGORIES:Staff"))).isEmpty();
    assertThat(read(event("DTSTART:20260303T070000Z\nDTEND:20260303T090000Z"))).isEmpty();
  }

  @Test
  void takesABlackoutForTheStrongerWord() {
    assertThat(read(event("DTSTART:20260303T070000Z\nDTEND:20260303T090000Z\nCATEGORIES:maintenance,BLACKOUT")).get(0).blackout()).isTrue();
  }

  /** Clocks go forward on 8 March 2026 at 02:00 and back on 1 November 2026 at 02:00 in New York. */
  @ParameterizedTest
  @CsvSource({
    "TZID=America/New_York:20260307T010000, TZID=America/New_York:20260307T040000, 2026-03-07T06:00:00Z, 3",
    "TZID=America/New_York:20260308T010000, TZID=America/New_York:20260308T040000, 2026-03-08T06:00:00Z, 2",
    "TZID=America/New_York:20261101T000000, TZID=America/New_York:20261101T040000, 2026-11-01T04:00:00Z, 5",
    "TZID=Eastern Standard Time:20260308T010000, TZID=Eastern Standard Time:20260308T040000, 2026-03-08T06:00:00Z, 2",
    "20260308T010000, 20260308T040000, 2026-03-08T06:00:00Z, 2",
    "VALUE=DATE:20280229, VALUE=DATE:20280301, 2028-02-29T05:00:00Z, 24",
    "VALUE=DATE:20260308, VALUE=DATE:20260309, 2026-03-08T05:00:00Z, 23",
    "VALUE=DATE:20261101, VALUE=DATE:20261102, 2026-11-01T04:00:00Z, 25"
  })
  void readsTimesOfTheirZoneAcrossAChangeOfClocks(String start, String end, Instant from, int hours) {
    span = new TimeSpan(from.minus(Duration.ofDays(2)), from.plus(Duration.ofDays(2)));
    var entries = read(ZONE + event("DTSTART" + glued(start) + "\nDTEND" + glued(end) + "\nCATEGORIES:Maintenance"));
    assertThat(entries).extracting(CalendarEntry::span).containsExactly(new TimeSpan(from, from.plus(Duration.ofHours(hours))));
  }

  @Test
  void takesASeriesApartAtTheSameHourOfTheDay() {
    span = days("2026-03-07T00:00:00Z", 3);
    var entries = read(event("DTSTART;TZID=America/New_York:20260101T220000\nDURATION:PT2H\nRRULE:FREQ=DAILY\nCATEGORIES:Maintenance"));
    assertThat(entries).extracting(entry -> entry.span().from().toString())
        .containsExactly("2026-03-07T03:00:00Z", "2026-03-08T03:00:00Z", "2026-03-09T02:00:00Z");
    assertThat(entries.stream().map(CalendarEntry::key).distinct()).hasSize(3);
  }

  @Test
  void leavesOutWhatWasMovedOrCancelledInASeries() {
    span = days("2026-03-02T00:00:00Z", 4);
    String series = event("DTSTART:20260302T030000Z\nDTEND:20260302T050000Z\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20260305T030000Z\nCATEGORIES:Maintenance");
    String moved = event("RECURRENCE-ID:20260303T030000Z\nDTSTART:20260303T130000Z\nDTEND:20260303T150000Z\nCATEGORIES:Maintenance");
    String cancelled = event("RECURRENCE-ID:20260304T030000Z\nDTSTART:20260304T030000Z\nDTEND:20260304T050000Z\nSTATUS:CANCELLED\nCATEGORIES:Maintenance");
    assertThat(read(series + moved + cancelled)).extracting(entry -> entry.span().from().toString())
        .containsExactlyInAnyOrder("2026-03-02T03:00:00Z", "2026-03-03T13:00:00Z");
  }

  @Test
  void findsWhatBeganEarlierAndStillLasts() {
    span = days("2026-03-10T00:00:00Z", 1);
    assertThat(read(event("DTSTART:20260301T000000Z\nDTEND:20260312T000000Z\nCATEGORIES:Blackout"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "DTSTART:20260303T140000Z\nDTEND:20260303T140000Z\nCATEGORIES:Staff", "DTSTART:20260303T140000Z\nCATEGORIES:Maintenance", "DTSTART:20260303T140000Z",
    "DTSTART:20260308T023000\nDTEND:20260308T030000\nCATEGORIES:Maintenance", "DTSTART:20260308T020000\nDTEND:20260308T030000\nCATEGORIES:Staff",
    "DTSTART:20260301T000000Z\nDTEND:20260301T000001Z\nRRULE:FREQ=SECONDLY\nCATEGORIES:Staff", "DTSTART:20260303T150000Z\nDTEND:20260303T140000Z\nCATEGORIES:Maintenance"})
  void readsTheOthersBesideAnEntryWithoutLength(String odd) {
    assertThat(read(event(odd) + event("DTSTART:20260303T070000Z\nDTEND:20260303T090000Z\nCATEGORIES:Maintenance"))).hasSize(1);
  }

  @Test
  void readsASeriesThroughTheNightInWhichTheClocksSkipItsHour() {
    span = days("2026-03-01T00:00:00Z", 15);
    assertThat(read(event("DTSTART:20260301T020000\nDTEND:20260301T030000\nRRULE:FREQ=WEEKLY\nCATEGORIES:Maintenance")))
        .extracting(entry -> entry.span().from().toString()).containsExactly("2026-03-01T07:00:00Z", "2026-03-15T06:00:00Z");
  }

  @Test
  void keepsABlackoutInEveryOtherWeekOfASeries() {
    span = days("2026-03-01T00:00:00Z", 15);
    assertThat(read(event("DTSTART:20260301T020000\nDTEND:20260301T030000\nRRULE:FREQ=WEEKLY\nCATEGORIES:Blackout")))
        .extracting(CalendarEntry::span).contains(
            new TimeSpan(Instant.parse("2026-03-01T07:00:00Z"), Instant.parse("2026-03-01T08:00:00Z")),
            new TimeSpan(Instant.parse("2026-03-15T06:00:00Z"), Instant.parse("2026-03-15T07:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "DTSTART:20260303T140000Z, DTEND:20260303T140000Z, 2026-03-03T14:00:00Z, 1",
    "DTSTART:20260308T023000, DTEND:20260308T030000, 2026-03-08T07:00:00Z, 30",
    "DTSTART;VALUE=DATE:20260303, DTEND;VALUE=DATE:20260303, 2026-03-03T05:00:00Z, 1440"})
  void letsABlackoutWithoutLengthForbidAllItNames(String start, String end, Instant from, int minutes) {
    assertThat(read(event(start + "\n" + end + "\nCATEGORIES:Blackout"))).extracting(CalendarEntry::span)
        .containsExactly(new TimeSpan(from, from.plus(Duration.ofMinutes(minutes))));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "<html></html>", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n",
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nCATEGORIES:Maintenance\r\nDTSTART:soon\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nCATEGORIES:Maintenance\r\nDTSTART;TZID=Nowhere/Else:20260303T070000\r\nDTEND;TZID=Nowhere/Else:20260303T090000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nCATEGORIES:Maintenance\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nCATEGORIES:Blackout\r\nDTSTART:20260303T140000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nCATEGORIES:Blackout\r\nDTSTART;TZID=America/New_York:20260308T023000\r\nDTEND;TZID=America/New_York:20260308T030000\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"})
  void takesWhatItCannotReadForNoCalendar(String file) {
    assertThat(failure(file).code()).isEqualTo("UNREADABLE");
  }

  @Test
  void refusesASeriesThatWouldFillTheMemory() {
    assertThat(failure(file(event("DTSTART:20260301T000000Z\nDTEND:20260301T000001Z\nRRULE:FREQ=SECONDLY\nCATEGORIES:Maintenance"))).code()).isEqualTo("TOO_MANY");
  }

  @Test
  void keepsNothingOfTheZonesOfAnOldReading() {
    String file = file(ZONE + event("DTSTART;TZID=Eastern Standard Time:20260303T010000\nDTEND;TZID=Eastern Standard Time:20260303T040000\nCATEGORIES:Maintenance"));
    read(file, 3);
    int zones = ZoneRulesProvider.getAvailableZoneIds().size();
    read(file, 20);
    assertThat(ZoneRulesProvider.getAvailableZoneIds()).hasSize(zones);
  }

  private void read(String file, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(calendar.read(file.getBytes(StandardCharsets.UTF_8), span)).hasSize(1);
    }
  }

  private CalendarUnreadable failure(String file) {
    return catchThrowableOfType(CalendarUnreadable.class, () -> calendar.read(file.getBytes(StandardCharsets.UTF_8), span));
  }

  private List<CalendarEntry> read(String events) {
    return calendar.read(file(events).getBytes(StandardCharsets.UTF_8), span);
  }

  private static String file(String events) {
    return ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//hospital//EN\n" + events + "END:VCALENDAR\n").replace("\n", "\r\n");
  }

  private static String event(String lines) {
    return "BEGIN:VEVENT\nUID:roe-jane-1970\nDTSTAMP:20260101T000000Z\n" + lines + "\nEND:VEVENT\n";
  }

  private static String glued(String time) {
    return (time.contains("=") ? ";" : ":") + time;
  }

  private static TimeSpan days(String from, int days) {
    return new TimeSpan(Instant.parse(from), Instant.parse(from).plus(Duration.ofDays(days)));
  }
}
