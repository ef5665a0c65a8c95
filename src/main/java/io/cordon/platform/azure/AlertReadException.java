package io.cordon.platform.azure;

import java.time.Duration;
import java.util.Optional;

/** A question for alerts got no complete answer. Carries a code, never the question or the body. */
public final class AlertReadException extends RuntimeException {
  private final String code;
  private final Duration retryAfter;
  private final boolean positionLost;

  private AlertReadException(String code, Duration retryAfter, boolean positionLost) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter;
    this.positionLost = positionLost;
  }

  /** No answer, or only a part of one; asking again from the same place may help. */
  static AlertReadException incomplete(String code) {
    return new AlertReadException(code, null, false);
  }

  /** The service answered, and not with what was asked for; going on from the same place would not help. */
  public static AlertReadException unusable(String code) {
    return new AlertReadException(code, null, true);
  }

  static AlertReadException status(int status, Optional<Duration> retryAfter) {
    return new AlertReadException("STATUS_" + status, retryAfter.orElse(null), status == 400 || status == 404 || status == 410);
  }

  /** Such as STATUS_429 or PARTIAL_RESULT. */
  public String code() {
    return code;
  }

  /** How long the service asked us to wait, if it did. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Whether to begin anew rather than to go on from the same place. */
  public boolean isPositionLost() {
    return positionLost;
  }
}
