package io.cordon.platform.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Tokens from azure-identity, kept until five minutes before they expire. One is fetched at a time for a scope; whoever wants it
 * too waits for that one, and for some seconds after a failure nobody asks again: an outage must not line callers up.
 */
final class AccessTokensEntra implements AccessTokens {
  static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private final Supplier<TokenCredential> credentials;
  private final Clock clock;
  private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();
  private volatile TokenCredential credential;

  AccessTokensEntra(Supplier<TokenCredential> credentials, Clock clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public String bearer(String scope) {
    Attempt mine = new Attempt(scope);
    Attempt made = attempts.compute(scope, (key, last) -> last != null && last.stillCounts() ? last : mine);
    if (made == mine) {
      mine.make();
    }
    return made.token();
  }

  // The credential caches too, so a refused token means a new credential.
  @Override
  public void forget(String scope) {
    credential = null;
    attempts.remove(scope);
  }

  private boolean isFresh(AccessToken token) {
    return token.getExpiresAt().toInstant().minus(MARGIN).isAfter(clock.instant());
  }

  private AccessToken fetch(String scope) {
    try {
      AccessToken token = credential().getTokenSync(new TokenRequestContext().addScopes(scope));
      if (token == null) {
        throw new TokenUnavailable(scope, "NONE");
      }
      return token;
    } catch (TokenUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      throw new TokenUnavailable(scope, e.getClass().getSimpleName());
    }
  }

  private synchronized TokenCredential credential() {
    if (credential == null) {
      credential = credentials.get();
    }
    return credential;
  }

  /** One asking of Entra: under way, with a token, or failed. */
  private final class Attempt {
    private final String scope;
    private final CompletableFuture<AccessToken> result = new CompletableFuture<>();
    private volatile Instant failedAt;

    Attempt(String scope) {
      this.scope = scope;
    }

    boolean stillCounts() {
      if (!result.isDone()) {
        return true;
      }
      return failedAt == null ? isFresh(result.join()) : clock.instant().isBefore(failedAt.plus(AFTER_FAILURE));
    }

    void make() {
      try {
        result.complete(fetch(scope));
      } catch (RuntimeException | Error e) {
        failedAt = clock.instant();
        result.completeExceptionally(e);
      }
    }

    String token() {
      try {
        return result.get().getToken();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TokenUnavailable(scope, e.getClass().getSimpleName());
      } catch (ExecutionException e) {
        throw e.getCause() instanceof TokenUnavailable known ? known.again() : new TokenUnavailable(scope, e.getCause().getClass().getSimpleName());
      }
    }
  }
}
