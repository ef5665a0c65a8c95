package io.cordon.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.platform.phi.PatientDataFound;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonHttpTest {
  private final MockWebServer server = new MockWebServer();
  private final JsonHttp http = TestHttp.json();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sendsJsonAndBearer() throws Exception {
    server.enqueue(new MockResponse.Builder().code(201).body("{\"a\":1}").build());

    JsonResponse response = http.exchange(post().withBearer("secret"));

    assertThat(response.status()).isEqualTo(201);
    assertThat(response.body().path("a").asInt()).isEqualTo(1);
    var sent = server.takeRequest();
    assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer secret");
    assertThat(sent.getHeaders().get("Content-Type")).startsWith("application/json");
    assertThat(sent.getBody().utf8()).isEqualTo("{\"k\":\"v\"}");
  }

  @Test
  void sendsNothingThatLooksLikePatientData() {
    Map<String, Object> body = Map.of("list", List.of(Map.of("text", "for Zyxmann^Quirina")));

    assertThatThrownBy(() -> http.exchange(RestCall.post("service", "operation", server.url("/x").toString(), body)))
        .isInstanceOfSatisfying(PatientDataFound.class, held -> assertThat(held.rule()).isEqualTo("DICOM_NAME"))
        .hasMessageNotContaining("Zyxmann");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void readsRetryAfterInSecondsOnly() {
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "7").build());
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "tomorrow").build());

    assertThat(http.exchange(post()).retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(http.exchange(post()).retryAfter()).isEmpty();
  }

  @Test
  void neverResendsWhenInvitedTo() {
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "0").build());
    server.enqueue(new MockResponse.Builder().code(200).body("{}").build());

    assertThat(http.exchange(post()).status()).isEqualTo(503);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void neverFollowsRedirects() {
    server.enqueue(new MockResponse.Builder().code(307).addHeader("Location", server.url("/else").toString()).build());

    assertThat(http.exchange(post()).status()).isEqualTo(307);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void reportsSilenceAfterTheRequestAsAmbiguous() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());

    assertThatThrownBy(() -> http.exchange(post())).isInstanceOf(AmbiguousSend.class).hasMessageContaining("did not answer create");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void reportsRefusedConnectionAsNotSent() {
    RestCall call = post();
    server.close();

    assertThatThrownBy(() -> http.exchange(call)).isInstanceOf(NotSent.class);
  }

  @Test
  void reportsUnknownHostAsNotSent() {
    RestCall call = RestCall.get("things", "read", "http://does-not-exist.invalid/");

    assertThatThrownBy(() -> http.exchange(call)).isInstanceOf(NotSent.class);
  }

  @Test
  void keepsTheStatusWhenTheBodyCannotBeRead() {
    server.enqueue(
        new MockResponse.Builder().body("{\"a\":1}".repeat(5000)).onResponseBody(new SocketEffect.CloseSocket()).build());
    server.enqueue(new MockResponse.Builder().body("<html>").build());
    server.enqueue(new MockResponse.Builder().body("{\"a\":\"" + "x".repeat(2 << 20) + "\"}").build());
    server.enqueue(new MockResponse.Builder().body("[".repeat(100_000)).build());

    for (int i = 0; i < 4; i++) {
      JsonResponse response = http.exchange(post());
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body().isMissingNode()).isTrue();
    }
  }

  @Test
  void showsNeitherTokenNorBodyInTexts() {
    assertThat(post().withBearer("secret").toString()).doesNotContain("secret").doesNotContain("v\"");
    server.enqueue(new MockResponse.Builder().body("{\"a\":\"hidden\"}").build());
    assertThat(http.exchange(post()).toString()).doesNotContain("hidden");
  }

  private RestCall post() {
    return RestCall.post("things", "create", server.url("/things").toString(), Map.of("k", "v"));
  }
}
