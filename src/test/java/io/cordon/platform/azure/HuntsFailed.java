package io.cordon.platform.azure;

import java.time.Duration;
import java.util.Optional;

/** Failures of hunts for tests of other packages, which cannot make them. */
public final class HuntsFailed {
  private HuntsFailed() {}

  /** An answer with a status other than 2xx; retryAfter may be null. */
  public static HuntFailed status(int status, Duration retryAfter) {
    return new HuntFailed("STATUS_" + status, Optional.ofNullable(retryAfter));
  }
}
