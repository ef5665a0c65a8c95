package io.cordon.platform.azure;

/** Entra gave no token. The call it was for has not been made and may be tried again. */
public final class TokenUnavailable extends RuntimeException {
  private final String scope;
  private final String reason;

  public TokenUnavailable(String scope, String reason) {
    super("No access token for " + scope + ": " + reason);
    this.scope = scope;
    this.reason = reason;
  }

  /** The same for another caller, with its own stack. */
  TokenUnavailable again() {
    return new TokenUnavailable(scope, reason);
  }

  public String scope() {
    return scope;
  }
}
