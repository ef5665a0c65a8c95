package io.cordon.assets;

import java.time.Duration;
import java.util.Optional;

/** Defender gave no answer about a device, so nothing is known about it. The look-up may be repeated. */
public final class MdeLookupUnavailable extends RuntimeException {
  private final Duration retryAfter;

  /** @param retryAfter how long Defender asked to be left alone, or null */
  public MdeLookupUnavailable(String reason, Duration retryAfter) {
    super("Defender gave no answer about a device: " + reason);
    this.retryAfter = retryAfter;
  }

  /** How long Defender asked to be left alone, when it did. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
