package io.cordon.platform.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordon.platform.http.TestHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GraphAlertsHttpTest {
  private static final String SCOPE = "https://graph.microsoft.com/.default";
  private static final Instant SINCE = Instant.parse("2026-11-24T09:20:01.050Z");
  private static final String PAGE = "{\"value\":[ {\"id\":\"a\",\"serviceSource\":\"madeUpLater\"} ]}";

  private final MockWebServer server = new MockWebServer();
  private final FixedTokens tokens = new FixedTokens();
  private GraphAlerts graph;

  @BeforeEach
  void start() throws IOException {
    server.start();
    graph = new GraphAlertsHttp(new GraphSettings(server.url("/").toString(), null), tokens, TestHttp.clients(null));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void asksForWhatWasUpdatedAndKeepsTheBytes() throws Exception {
    answer(200, PAGE);

    assertThat(new String(graph.updatedSince(SINCE, 100), StandardCharsets.UTF_8)).isEqualTo(PAGE);

    var sent = server.takeRequest();
    assertThat(sent.getMethod()).isEqualTo("GET");
    assertThat(sent.getUrl().encodedPath()).isEqualTo("/v1.0/security/alerts_v2");
    assertThat(sent.getUrl().queryParameter("$filter")).isEqualTo("lastUpdateDateTime ge 2026-11-24T09:20:01.050Z");
    assertThat(sent.getUrl().queryParameter("$top")).isEqualTo("100");
    assertThat(sent.getUrl().querySize()).isEqualTo(2);
    assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer token-for-" + SCOPE);
    assertThat(sent.getHeaders().values("Prefer")).contains("include-unknown-enum-members");
  }

  @Test
  void followsALinkToTheSameHostAsItIs() throws Exception {
    answer(200, PAGE);
    String link = server.url("/v1.0/security/alerts_v2") + "?$filter=lastUpdateDateTime+ge+2026-11-24T09%3A20%3A01Z&$skiptoken=a%2Fb%2Bc";

    graph.next(link);

    var sent = server.takeRequest();
    assertThat(sent.getTarget()).isEqualTo(link.substring(link.indexOf("/v1.0")));
    assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer token-for-" + SCOPE);
    assertThat(sent.getHeaders().values("Prefer")).contains("include-unknown-enum-members");
  }

  @Test
  void followsNoLinkToAnotherPlace() throws IOException {
    try (MockWebServer other = new MockWebServer()) {
      other.start();
      String path = "v1.0/security/alerts_v2?$skiptoken=x";
      for (String link :
          new String[] {
            other.url("/") + path, "https://evil.example/" + path, server.url("/").toString().replace("http:", "https:") + path,
            server.url("/").toString().replace("http://", "http://localhost@evil.example:") + path, "file:///etc/passwd",
            server.url("/v1.0/users").toString(), server.url("/v1.0/security/alerts_v2/../../users").toString(), "", "http://[", "/" + path}) {
        AlertReadException refused = catchThrowableOfType(AlertReadException.class, () -> graph.next(link));
        assertThat(refused).as(link).isNotNull();
        assertThat(refused.code()).isEqualTo("FOREIGN_LINK");
      }
      assertThat(other.getRequestCount() + server.getRequestCount()).isZero();
    }
  }

  @Test
  void asksOnceAndSaysHowLongItIsAskedToWait() {
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "120").build());
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "5").build());
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "0").build());
    answer(429, "{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"hush\"}}");
    assertThat(failure().retryAfter()).contains(Duration.ofSeconds(120));
    assertThat(failure().retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(failure().retryAfter()).isEmpty();
    AlertReadException silent = failure();
    assertThat(silent.retryAfter()).isEmpty();
    assertThat(silent.code()).isEqualTo("STATUS_429");
    assertThat(silent).hasMessageNotContaining("hush");
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void asksForAFreshTokenAfterARefusedOne() {
    server.enqueue(
        new MockResponse.Builder().code(401).addHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"").body("{}").build());
    assertThat(failure().code()).isEqualTo("STATUS_401");
    assertThat(tokens.forgotten).containsExactly(SCOPE);
  }

  @Test
  void sortsFailures() {
    answer(400, "{\"error\":{\"code\":\"BadRequest\"}}");
    assertThat(failure().isPositionLost()).isTrue();
    server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", server.url("/elsewhere").toString()).build());
    assertThat(failure().code()).isEqualTo("UNREADABLE");
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    assertThat(failure().code()).isEqualTo("NO_ANSWER");
    server.enqueue(new MockResponse.Builder().body(PAGE.repeat(100)).onResponseBody(SocketEffect.ShutdownConnection.INSTANCE).build());
    assertThat(failure().code()).isEqualTo("NO_ANSWER");
    answer(200, " ".repeat((32 << 20) + 1));
    assertThat(failure().code()).isEqualTo("TOO_LARGE");
    server.close();
    assertThat(failure().code()).isEqualTo("NO_ANSWER");
  }

  private AlertReadException failure() {
    return catchThrowableOfType(AlertReadException.class, () -> graph.updatedSince(SINCE, 100));
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).addHeader("Content-Type", "application/json").body(body).build());
  }
}
