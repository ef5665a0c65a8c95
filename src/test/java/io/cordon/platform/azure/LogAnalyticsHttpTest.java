package io.cordon.platform.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.TestHttp;
import java.io.IOException;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogAnalyticsHttpTest {
  private static final String SCOPE = "https://api.loganalytics.io/.default";
  private static final String WORKSPACE = "66666666-6666-4666-8666-666666666666";
  private static final String TABLE =
      "{\"tables\":[{\"name\":\"PrimaryResult\",\"columns\":[{\"name\":\"SystemAlertId\",\"type\":\"string\"},{\"name\":\"Status\",\"type\":\"string\"}],"
          + "\"rows\":[[\"a-1\",\"New\"],[\"a-2\",null]]}]";

  private final MockWebServer server = new MockWebServer();
  private final FixedTokens tokens = new FixedTokens();
  private LogAnalytics workspaces;

  @BeforeEach
  void start() throws IOException {
    server.start();
    var http = new JsonHttp(TestHttp.clients(null), TestHttp.net(), LogAnalyticsHttp.LARGEST_ANSWER);
    workspaces = new LogAnalyticsHttp(new LogAnalyticsSettings(server.url("/").toString(), null), tokens, http);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void asksTheWorkspaceOnceWithTheBearer() throws Exception {
    answer(200, TABLE + "}");

    var rows = workspaces.query(WORKSPACE, "SecurityAlert | take 2");

    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).path("SystemAlertId").asText()).isEqualTo("a-1");
    assertThat(rows.get(1).path("Status").isNull()).isTrue();
    var sent = server.takeRequest();
    assertThat(sent.getMethod() + " " + sent.getTarget()).isEqualTo("POST /v1/workspaces/" + WORKSPACE + "/query");
    assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer token-for-" + SCOPE);
    assertThat(sent.getHeaders().get("Prefer")).isEqualTo("wait=10");
    assertThat(sent.getBody().utf8()).isEqualTo("{\"query\":\"SecurityAlert | take 2\"}");
  }

  @Test
  void readsAnAnswerOfSeveralMegabytes() {
    answer(200, TABLE.replace("New", "x".repeat(4 << 20)) + "}");
    assertThat(workspaces.query(WORKSPACE, "q")).hasSize(2);
  }

  @Test
  void takesAPartialResultForNone() {
    answer(200, TABLE + ",\"error\":{\"code\":\"PartialError\",\"message\":\"hush\"}}");
    AlertReadException failure = failure();
    assertThat(failure.code()).isEqualTo("PARTIAL_RESULT");
    assertThat(failure).hasMessageNotContaining("hush");
  }

  @Test
  void takesAnAnswerOfAnotherShapeForNone() {
    answer(200, "{\"tables\":[]}");
    answer(200, TABLE.replace(",\"New\"", "") + "}");
    answer(200, "<html>");
    answer(200, TABLE.replace("New", "x".repeat(17 << 20)) + "}");
    for (int i = 0; i < 4; i++) {
      assertThat(failure().code()).isEqualTo("UNREADABLE");
    }
  }

  @Test
  void saysHowLongItIsAskedToWait() {
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "90").build());
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "7").build());
    answer(429, "");
    assertThat(failure().retryAfter()).contains(Duration.ofSeconds(90));
    assertThat(failure().retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(failure().retryAfter()).isEmpty();
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void asksForAFreshTokenAfterARefusedOne() {
    answer(401, "{}");
    assertThat(failure().code()).isEqualTo("STATUS_401");
    assertThat(tokens.forgotten).containsExactly(SCOPE);
  }

  @Test
  void sortsFailures() {
    answer(400, "{\"error\":{\"code\":\"BadArgumentError\"}}");
    AlertReadException refused = failure();
    assertThat(refused.code()).isEqualTo("STATUS_400");
    assertThat(refused.isPositionLost()).isTrue();
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    assertThat(failure().code()).isEqualTo("NO_ANSWER");
    server.close();
    AlertReadException away = failure();
    assertThat(away.code()).isEqualTo("NOT_REACHED");
    assertThat(away.isPositionLost()).isFalse();
  }

  private AlertReadException failure() {
    return catchThrowableOfType(AlertReadException.class, () -> workspaces.query(WORKSPACE, "q"));
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }
}
