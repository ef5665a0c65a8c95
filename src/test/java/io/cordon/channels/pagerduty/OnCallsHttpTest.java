package io.cordon.channels.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.platform.http.TestHttp;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded shapes of GET /oncalls; contract teams-pagerduty, section 8. */
class OnCallsHttpTest {
  private static final String TWO =
      """
      {"oncalls":[{"escalation_level":2,"user":{"id":"U2","summary":"Second S"},"end":null},
                  {"escalation_level":1,"user":{"id":"U1","summary":"First F"},"end":"2026-03-01T08:00:00+01:00"}],
       "limit":100,"offset":0,"more":false,"total":null}""";

  private final MockWebServer server = new MockWebServer();
  private Instant now = Instant.parse("2026-03-01T02:00:00Z");
  private OnCalls onCalls;

  private final Clock clock = new Clock() {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  };

  @BeforeEach
  void start() throws IOException {
    server.start();
    onCalls = new OnCallsHttp(new OnCallSettings(server.url("/").toString(), "key", Map.of("PACS", "P1")), TestHttp.json(), clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void namesThemInTheOrderInWhichTheyAreWoken() throws Exception {
    answer(200, TWO);
    assertThat(onCalls.now("PACS"))
        .containsExactly(new OnCall(1, "First F", Instant.parse("2026-03-01T07:00:00Z")), new OnCall(2, "Second S", null));
    var sent = server.takeRequest();
    assertThat(sent.getTarget()).isEqualTo("/oncalls?escalation_policy_ids[]=P1&earliest=true&limit=100");
    assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Token token=key");
    assertThat(sent.getHeaders().get("Accept")).isEqualTo("application/vnd.pagerduty+json;version=2");
  }

  @Test
  void asksOnceAMinute() {
    answer(200, TWO);
    answer(200, "{\"oncalls\":[]}");
    assertThat(onCalls.now("PACS")).hasSize(2);
    assertThat(onCalls.now("PACS")).hasSize(2);
    now = now.plus(Duration.ofMinutes(1));
    assertThat(onCalls.now("PACS")).isEmpty();
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 429, 500})
  void knowsNobodyWhenItIsRefused(int status) {
    answer(status, "{\"error\":{\"message\":\"m\",\"code\":2006,\"errors\":[]}}");
    assertThat(onCalls.now("PACS")).isEmpty();
  }

  @Test
  void knowsNobodyWhenItCannotBeReadOrReached() {
    answer(200, "nonsense");
    assertThat(onCalls.now("PACS")).isEmpty();
    server.close();
    now = now.plus(Duration.ofMinutes(1));
    assertThat(onCalls.now("PACS")).isEmpty();
  }

  @Test
  void asksNobodyAboutAServiceWithoutAPolicy() {
    assertThat(onCalls.now("EHR")).isEmpty();
    assertThat(onCalls.now(null)).isEmpty();
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void showsNoNameInLogs() {
    assertThat(new OnCall(1, "First F", null).toString()).doesNotContain("First");
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).addHeader("Content-Type", "application/json").body(body).build());
  }
}
