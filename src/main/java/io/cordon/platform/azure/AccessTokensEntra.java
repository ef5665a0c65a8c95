package io.cordon.platform.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Tokens from azure-identity, kept until five minutes before they expire. */
final class AccessTokensEntra implements AccessTokens {
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private final Supplier<TokenCredential> credentials;
  private final Clock clock;
  private final Map<String, AccessToken> tokens = new ConcurrentHashMap<>();
  private volatile TokenCredential credential;

  AccessTokensEntra(Supplier<TokenCredential> credentials, Clock clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public String bearer(String scope) {
    return tokens.compute(scope, (key, held) -> isFresh(held) ? held : fetch(key)).getToken();
  }

  // The credential caches too, so a refused token means a new credential.
  @Override
  public void forget(String scope) {
    credential = null;
    tokens.remove(scope);
  }

  private boolean isFresh(AccessToken token) {
    return token != null && token.getExpiresAt().toInstant().minus(MARGIN).isAfter(clock.instant());
  }

  private AccessToken fetch(String scope) {
    try {
      return credential().getTokenSync(new TokenRequestContext().addScopes(scope));
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
}
