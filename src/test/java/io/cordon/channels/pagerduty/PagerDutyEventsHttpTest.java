package io.cordon.channels.pagerduty;

import static io.cordon.channels.PublishedDescriptions.objectionsToEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.platform.http.TestHttp;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class PagerDutyEventsHttpTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String ACCEPTED = "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"k\"}";

  private final MockWebServer server = new MockWebServer();
  private PagerDutyEvents events;

  @BeforeEach
  void start() throws IOException {
    server.start();
    events =
        new PagerDutyEventsHttp(new PagerDutySettings(server.url("/").toString(), Map.of("PACS", KEY), null, 0), TestHttp.json());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void triggersWithTheKeyOfTheService() throws Exception {
    answer(202, ACCEPTED);

    events.trigger(page("short"));

    var sent = server.takeRequest();
    assertThat(sent.getTarget()).isEqualTo("/v2/enqueue");
    assertThat(sent.getBody().utf8())
        .contains("\"routing_key\":\"" + KEY + "\"", "\"event_action\":\"trigger\"", "\"dedup_key\":\"cordon/01J/1\"")
        .contains("\"severity\":\"critical\"", "\"href\":\"https://cordon.example/a/01J\"");
  }

  @Test
  @EnabledIf("io.cordon.channels.PublishedDescriptions#areThere")
  void sendsWhatThePublishedDescriptionAllows() throws Exception {
    answer(202, ACCEPTED);
    answer(202, ACCEPTED);
    events.trigger(page("short"));
    events.resolve("PACS", "cordon/01J/1");

    for (int i = 0; i < 2; i++) {
      assertThat(objectionsToEvent(new ObjectMapper().readTree(server.takeRequest().getBody().utf8()))).isEmpty();
    }
    assertThat(objectionsToEvent(new ObjectMapper().readTree("{\"routing_key\":\"k\",\"event_action\":\"wake\"}"))).isNotEmpty();
  }

  @Test
  void resolvesUnderTheSameKey() throws Exception {
    answer(202, ACCEPTED);

    events.resolve("PACS", "cordon/01J/1");

    assertThat(server.takeRequest().getBody().utf8())
        .isEqualTo("{\"routing_key\":\"" + KEY + "\",\"event_action\":\"resolve\",\"dedup_key\":\"cordon/01J/1\"}");
  }

  @Test
  void sortsFailures() {
    answer(400, "{\"status\":\"invalid event\",\"message\":\"m\",\"errors\":[\"e\"]}");
    assertThat(catchThrowableOfType(PagerDutyRejected.class, () -> events.trigger(page("x"))).status()).isEqualTo(400);
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "90").build());
    assertThat(catchThrowableOfType(PagerDutyThrottled.class, () -> events.trigger(page("x"))).retryAfter())
        .isEqualTo(Duration.ofSeconds(90));
    answer(500, "");
    answer(202, "[1]");
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> events.trigger(page("x"))).isInstanceOf(PagerDutyUnavailable.class);
    }
    server.close();
    assertThatThrownBy(() -> events.trigger(page("x"))).isInstanceOf(PagerDutyUnavailable.class);
  }

  @Test
  void refusesWhatPagerDutyWouldNotTake() {
    assertThatThrownBy(() -> page("s".repeat(1025))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> events.resolve("PACS", "k".repeat(256))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> events.resolve("EHR", "k")).isInstanceOf(PagerDutyRejected.class);
    PageRequest huge =
        new PageRequest(
            "PACS", "k", "s", "a", PageRequest.Severity.INFO, Map.of("d", "x".repeat(600_000)), List.of());
    assertThatThrownBy(() -> events.trigger(huge)).isInstanceOf(PagerDutyRejected.class);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void keepsKeysOutOfTexts() {
    assertThat(new PagerDutySettings(null, Map.of("PACS", KEY), null, 0).toString()).doesNotContain(KEY);
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private static PageRequest page(String summary) {
    return new PageRequest(
        "PACS", "cordon/01J/1", summary, "PACS-GW-01", PageRequest.Severity.CRITICAL, Map.of("code", "AP-7F3K"),
        List.of(new PageRequest.Link(URI.create("https://cordon.example/a/01J"), "Approval page")));
  }
}
