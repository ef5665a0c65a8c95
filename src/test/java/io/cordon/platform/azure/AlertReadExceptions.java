package io.cordon.platform.azure;

import java.time.Duration;
import java.util.Optional;

/** Makes what only the clients make. */
public final class AlertReadExceptions {
  private AlertReadExceptions() {}

  /** Only a part of an answer. */
  public static AlertReadException incomplete(String code) {
    return AlertReadException.incomplete(code);
  }

  /** An answer with a status other than 2xx; retryAfter may be null. */
  public static AlertReadException status(int status, Duration retryAfter) {
    return AlertReadException.status(status, Optional.ofNullable(retryAfter));
  }
}
