package io.cordon.platform.azure;

import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import java.net.URI;
import java.util.Map;

/** Our tokens for the SDK. Its own provider leaves the header out for a host it does not know; this one refuses. */
final class GraphTokens implements AccessTokenProvider {
  private final AccessTokens tokens;
  private final String scope;
  private final AllowedHostsValidator hosts;

  GraphTokens(AccessTokens tokens, String scope, String host) {
    this.tokens = tokens;
    this.scope = scope;
    this.hosts = new AllowedHostsValidator(host);
  }

  @Override
  public String getAuthorizationToken(URI uri, Map<String, Object> context) {
    if (!hosts.isUrlHostValid(uri)) {
      throw AlertReadException.unusable("FOREIGN_LINK");
    }
    return tokens.bearer(scope);
  }

  @Override
  public AllowedHostsValidator getAllowedHostsValidator() {
    return hosts;
  }
}
