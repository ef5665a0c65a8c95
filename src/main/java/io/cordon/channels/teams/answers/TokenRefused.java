package io.cordon.channels.teams.answers;

/** A call that does not prove to come from the Connector. The reason is a code for a metric; the caller is told nothing. */
final class TokenRefused extends RuntimeException {
  private final String reason;

  TokenRefused(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  /** Whether there was no token at all. */
  boolean isMissing() {
    return "MISSING".equals(reason);
  }
}
