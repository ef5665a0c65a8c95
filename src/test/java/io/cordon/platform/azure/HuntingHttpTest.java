package io.cordon.platform.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.TestHttp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuntingHttpTest {
  private static final Instant FROM = Instant.parse("2026-03-01T02:00:00Z");

  private final MockWebServer server = new MockWebServer();
  private final FixedTokens tokens = new FixedTokens();
  private Hunting graph;

  @BeforeEach
  void start() throws IOException {
    server.start();
    var http = new JsonHttp(TestHttp.clients(null), TestHttp.net(), HuntingHttp.LARGEST_ANSWER);
    graph = new HuntingHttp(new GraphSettings(server.url("/").toString(), null), tokens, http);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{\"schema\":[{\"name\":\"hits\",\"type\":\"Int64\"}],\"results\":[{\"hits\":3}]}",
    "{\"Schema\":[{\"Name\":\"hits\",\"Type\":\"Int64\"}],\"Results\":[{\"hits\":3}]}"
  })
  void readsTheRows(String body) throws Exception {
    answer(200, body);
    assertThat(hunt()).singleElement().extracting(row -> row.path("hits").asInt()).isEqualTo(3);
    var sent = server.takeRequest();
    assertThat(sent.getTarget()).isEqualTo("/v1.0/security/runHuntingQuery");
    assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer token-for-https://graph.microsoft.com/.default");
    assertThat(sent.getBody().utf8()).contains("\"Query\":\"DeviceInfo | take 1\"", "\"Timespan\":\"2026-03-01T02:00:00Z/2026-03-01T03:00:00Z\"");
  }

  @Test
  void knowsARefusalFromAQuota() {
    answer(403, "{\"error\":{\"code\":\"Forbidden\"}}");
    assertThat(failure().isNotPermitted()).isTrue();
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "77").body("{}").build());
    HuntFailed throttled = failure();
    assertThat(throttled.isThrottled()).isTrue();
    assertThat(throttled.retryAfter()).contains(Duration.ofSeconds(77));
    answer(400, "{}");
    assertThat(failure().isNotUnderstood()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"results\":{}}", "{\"results\":[1]}", "{\"results\":[{\"a\":1}"})
  void takesNoPartOfAnAnswerForTheWhole(String body) {
    answer(200, body);
    assertThat(failure().code()).isEqualTo("UNREADABLE");
  }

  @Test
  void saysThatThereWasNoAnswer() {
    server.enqueue(new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build());
    assertThat(failure().code()).isEqualTo("NO_ANSWER");
  }

  private HuntFailed failure() {
    return catchThrowableOfType(HuntFailed.class, this::hunt);
  }

  private java.util.List<com.fasterxml.jackson.databind.node.ObjectNode> hunt() {
    return graph.run("DeviceInfo | take 1", FROM, FROM.plus(Duration.ofHours(1)));
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }
}
