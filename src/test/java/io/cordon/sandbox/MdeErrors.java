package io.cordon.sandbox;

import java.util.Map;
import java.util.UUID;

/** Defender's error envelope. Contract MDE section 2. */
final class MdeErrors {
  private MdeErrors() {}

  static Answer of(int status, String code, String message) {
    return Answer.json(status, Map.of("error", Map.of("code", code, "message", message, "target", UUID.randomUUID().toString())));
  }

  static Answer throttled(long seconds) {
    return of(429, "TooManyRequests", "too many calls").with("Retry-After", Long.toString(seconds));
  }

  static Answer notFound() {
    return of(404, "ResourceNotFound", "no such resource");
  }
}
