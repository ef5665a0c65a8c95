package io.cordon.platform.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.cordon.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class AccessTokensEntraTest {
  private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");
  private static final String SCOPE = "https://graph.example/.default";

  private final SettableClock clock = new SettableClock(NOW);
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private volatile CountDownLatch answer = new CountDownLatch(0);
  private volatile boolean away;
  private final AccessTokensEntra tokens = new AccessTokensEntra(Entra::new, clock);

  private final class Entra implements TokenCredential {
    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
      return Mono.fromSupplier(() -> getTokenSync(request));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
      int number = asked.incrementAndGet();
      arrived.countDown();
      try {
        answer.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (away) {
        throw new IllegalStateException("hush");
      }
      return new AccessToken("token-" + number, clock.instant().plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC));
    }
  }

  @Test
  void asksOnceForAllWhoWantTheSameToken() throws Exception {
    answer = new CountDownLatch(1);
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int one = 0; one < 4; one++) {
      all.add(CompletableFuture.supplyAsync(() -> tokens.bearer(SCOPE), command -> new Thread(command).start()));
    }
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
    answer.countDown();
    for (CompletableFuture<String> one : all) {
      assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo("token-1");
    }
    assertThat(tokens.bearer(SCOPE)).isEqualTo("token-1");
    tokens.forget(SCOPE);
    assertThat(tokens.bearer(SCOPE)).isEqualTo("token-2");
    clock.tick(Duration.ofMinutes(55));
    assertThat(tokens.bearer(SCOPE)).isEqualTo("token-3");
  }

  @Test
  void failsAtOnceForSomeSecondsAfterAFailure() {
    away = true;
    for (int call = 0; call < 3; call++) {
      assertThatThrownBy(() -> tokens.bearer(SCOPE)).isInstanceOf(TokenUnavailable.class).hasMessageContaining(SCOPE).hasMessageNotContaining("hush");
    }
    assertThat(asked).hasValue(1);
    away = false;
    assertThat(tokens.bearer("https://arm.example/.default")).as("another scope").isEqualTo("token-2");
    clock.tick(AccessTokensEntra.AFTER_FAILURE);
    assertThat(tokens.bearer(SCOPE)).isEqualTo("token-3");
  }
}
