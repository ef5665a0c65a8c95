package io.cordon.platform.azure;

/** Access tokens of Cordon's own identity. Contract sentinel-graph-arc, section 7. */
public interface AccessTokens {

  /**
   * A token for this scope with at least five minutes left.
   *
   * @throws TokenUnavailable when none could be had; nothing was sent to the service it was meant for
   */
  String bearer(String scope);

  /** The service refused the token (401): the next {@link #bearer} asks for a fresh one. */
  void forget(String scope);
}
