package io.cordon.platform.azure;

import java.time.Duration;
import java.util.Optional;

/** A hunt got no complete answer. Carries a code such as STATUS_403 or NO_ANSWER, never the query or the body. */
public final class HuntFailed extends RuntimeException {
  private final String code;
  private final Duration retryAfter;

  HuntFailed(String code) {
    this(code, Optional.empty());
  }

  HuntFailed(String code, Optional<Duration> retryAfter) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter.orElse(null);
  }

  public String code() {
    return code;
  }

  /** How long the service asked us to wait, if it did. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Whether this tenant does not let Cordon hunt, which asking again does not change. */
  public boolean isNotPermitted() {
    return "STATUS_403".equals(code);
  }

  /** Whether a quota of requests or of computing time is used up for now. */
  public boolean isThrottled() {
    return "STATUS_429".equals(code);
  }

  /** Whether the service does not understand the query, so that asking again cannot help. */
  public boolean isNotUnderstood() {
    return "STATUS_400".equals(code);
  }
}
