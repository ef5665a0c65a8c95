package io.cordon.channels.teams.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectorKeysTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T02:00:00Z"));
  private final JsonHttp http = mock(JsonHttp.class);
  private final ConnectorKeys keys = new ConnectorKeys(http, "https://login.example/openidconfiguration", clock);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);

  @Test
  void givesAKnownKeyWhileAnotherCallerHasTheKeysReadAgain() throws Exception {
    JsonResponse metadata = ok("{\"jwks_uri\":\"https://login.example/keys\"}");
    JsonResponse known = ok("{\"keys\":[" + new RSAKeyGenerator(2048).keyID("K1").generate().toPublicJWK().toJSONString() + "]}");
    when(http.exchange(any())).thenReturn(metadata, known);
    assertThat(keys.find("K1")).isPresent();

    clock.tick(Duration.ofMinutes(90));
    when(http.exchange(any())).thenAnswer(call -> {
      asked.countDown();
      assertThat(answer.await(20, TimeUnit.SECONDS)).isTrue();
      return metadata;
    }).thenReturn(known);
    CompletableFuture<Optional<ConnectorKeys.Key>> reader = elsewhere("unknown");
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

    assertThat(elsewhere("K1").get(10, TimeUnit.SECONDS)).isPresent();
    assertThat(elsewhere("alsoUnknown").get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(reader).isNotDone();
    answer.countDown();
    assertThat(reader.get(20, TimeUnit.SECONDS)).isEmpty();
    verify(http, times(4)).exchange(any());
  }

  private CompletableFuture<Optional<ConnectorKeys.Key>> elsewhere(String keyId) {
    return CompletableFuture.supplyAsync(() -> keys.find(keyId), command -> new Thread(command).start());
  }

  private static JsonResponse ok(String body) throws Exception {
    return new JsonResponse(200, new ObjectMapper().readTree(body), Optional.empty());
  }
}
