package io.cordon.gate.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordon.platform.azure.FixedTokens;
import io.cordon.platform.azure.GraphSettings;
import io.cordon.platform.http.TestHttp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarViewHttpTest {
  private static final String SCOPE = "https://graph.microsoft.com/.default";
  private static final Instant FROM = Instant.parse("2026-03-07T00:00:00Z");
  private static final String EVENT =
      """
      {"@odata.etag":"W/x","id":"AAMk1","iCalUId":"040000008200E00074C5B7101A82E008","isAllDay":false,"isCancelled":false,
       "categories":["Maintenance","PACS","Jane Roe"],"subject":"MRI of Jane Roe",
       "start":{"dateTime":"2026-03-08T06:00:00.0000000","timeZone":"UTC"},"end":{"dateTime":"2026-03-08T08:30:00.0000000","timeZone":"UTC"}}""";

  private final MockWebServer server = new MockWebServer();
  private final FixedTokens tokens = new FixedTokens();
  private MaintenanceCalendar calendar;

  @BeforeEach
  void start() throws IOException {
    server.start();
    var words = new CalendarWords("Maintenance", "Blackout", Set.of("PACS"));
    calendar =
        new CalendarViewHttp(
            new GraphSettings(server.url("/").toString(), null), tokens, TestHttp.json(), "windows@hospital.example", words, ZoneId.of("America/New_York"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void asksForTimesAndCategoriesOnlyAndTakesNoMore() throws Exception {
    answer(200, page(EVENT));

    var entries = calendar.read(days(3));

    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).span()).isEqualTo(new TimeSpan(Instant.parse("2026-03-08T06:00:00Z"), Instant.parse("2026-03-08T08:30:00Z")));
    assertThat(entries.get(0).services()).containsExactly("PACS");
    assertThat(entries.get(0).toString()).doesNotContain("Roe");
    var sent = server.takeRequest();
    assertThat(sent.getMethod()).isEqualTo("GET");
    assertThat(sent.getUrl().encodedPath()).isEqualTo("/v1.0/users/windows%40hospital.example/calendar/calendarView");
    assertThat(sent.getUrl().queryParameter("$select")).isEqualTo("iCalUId,start,end,isAllDay,isCancelled,categories");
    assertThat(sent.getUrl().queryParameter("startDateTime")).isEqualTo("2026-03-07T00:00:00Z");
    assertThat(sent.getUrl().queryParameter("endDateTime")).isEqualTo("2026-03-10T00:00:00Z");
    assertThat(sent.getHeaders().get("Prefer")).isEqualTo("outlook.timezone=\"UTC\"");
    assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer token-for-" + SCOPE);
  }

  @Test
  void leavesOutWhatWasCancelledOrIsFiledElsewhere() {
    answer(200, page(EVENT.replace("\"isCancelled\":false", "\"isCancelled\":true"), EVENT.replace("Maintenance", "Staff")));
    assertThat(calendar.read(days(3))).isEmpty();
  }

  @Test
  void readsTheOthersBesideAnEntryWithoutLength() {
    String empty = EVENT.replace("2026-03-08T08:30:00", "2026-03-08T06:00:00");
    answer(200, page(empty, empty.replace("Maintenance", "Staff"), EVENT, EVENT.replace("Maintenance", "Staff").replace("2026-03-08T06:00:00", "soon")));
    assertThat(calendar.read(days(3))).hasSize(1);
  }

  @Test
  void takesAWholeDayForADayOfTheSite() {
    answer(200, page(EVENT.replace("\"isAllDay\":false", "\"isAllDay\":true").replace("T06:00:00", "T00:00:00").replace("2026-03-08T08:30:00", "2026-03-09T00:00:00")));
    // 23 hours long: the clocks go forward
    assertThat(calendar.read(days(3)).get(0).span()).isEqualTo(new TimeSpan(Instant.parse("2026-03-08T05:00:00Z"), Instant.parse("2026-03-09T04:00:00Z")));
  }

  @Test
  void readsEveryPage() throws Exception {
    String next = server.url("/v1.0/users/windows%40hospital.example/calendar/calendarView?$skip=250").toString();
    answer(200, page(EVENT).replace("]}END", "],\"@odata.nextLink\":\"" + next + "\"}END"));
    answer(200, page(EVENT.replace("AAMk1", "AAMk2").replace("T06:00", "T07:00")));
    assertThat(calendar.read(days(3))).hasSize(2);
    server.takeRequest();
    assertThat(server.takeRequest().getTarget()).endsWith("calendarView?$skip=250");
  }

  @Test
  void followsNoLinkElsewhereAndNoneForEver() {
    String elsewhere = server.url("/v1.0/users/somebody%40hospital.example/calendar/calendarView").toString();
    answer(200, page(EVENT).replace("]}END", "],\"@odata.nextLink\":\"" + elsewhere + "\"}END"));
    assertThat(failure().code()).isEqualTo("FOREIGN_LINK");
    String same = server.url("/v1.0/users/windows%40hospital.example/calendar/calendarView").toString();
    for (int i = 0; i < 8; i++) {
      answer(200, page(EVENT).replace("]}END", "],\"@odata.nextLink\":\"" + same + "\"}END"));
    }
    assertThat(failure().code()).isEqualTo("TOO_MANY");
    assertThat(server.getRequestCount()).isEqualTo(9);
  }

  @Test
  void saysHowLongItIsAskedToWait() {
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "90").build());
    CalendarUnreadable throttled = failure();
    assertThat(throttled.code()).isEqualTo("STATUS_429");
    assertThat(throttled.retryAfter()).contains(Duration.ofSeconds(90));
  }

  @Test
  void asksForAFreshTokenAfterARefusedOne() {
    answer(401, "{}");
    answer(403, "{\"error\":{\"code\":\"ErrorAccessDenied\"}}");
    assertThat(failure().code()).isEqualTo("STATUS_401");
    assertThat(tokens.forgotten).containsExactly(SCOPE);
    assertThat(failure().code()).isEqualTo("STATUS_403");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "<html>", "[]", "{}", "{\"value\":{}}", "{\"value\":[{}]}", "{\"value\":[null]}",
    "{\"value\":[{\"iCalUId\":\"1\",\"isAllDay\":false,\"isCancelled\":false,\"categories\":[\"Blackout\"]}]}"})
  void takesAnAnswerOfAnotherShapeForNone(String body) {
    answer(200, body);
    assertThat(failure().code()).isEqualTo("UNREADABLE");
  }

  @Test
  void takesATimeOfAnotherZoneThanAskedForNone() {
    answer(200, page(EVENT.replace("\"timeZone\":\"UTC\"", "\"timeZone\":\"Eastern Standard Time\"")));
    assertThat(failure().code()).isEqualTo("UNREADABLE");
  }

  @Test
  void takesAnAnswerThatIsCutOffOrTooLargeOrNeverComesForNone() {
    server.enqueue(new MockResponse.Builder().body(page(EVENT).replace("}END", "}")).onResponseBody(SocketEffect.ShutdownConnection.INSTANCE).build());
    assertThat(failure().code()).isEqualTo("UNREADABLE");
    answer(200, page(EVENT.replace("Jane Roe", "x".repeat(2 << 20))));
    assertThat(failure().code()).isEqualTo("UNREADABLE");
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    assertThat(failure().code()).isEqualTo("NO_ANSWER");
    server.close();
    assertThat(failure().code()).isEqualTo("NOT_REACHED");
  }

  private CalendarUnreadable failure() {
    return catchThrowableOfType(CalendarUnreadable.class, () -> calendar.read(days(3)));
  }

  private static TimeSpan days(int days) {
    return new TimeSpan(FROM, FROM.plus(Duration.ofDays(days)));
  }

  private static String page(String... events) {
    return "{\"@odata.context\":\"x\",\"value\":[" + String.join(",", events) + "]}END";
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body.replace("}END", "}")).build());
  }
}
