package io.cordon.posture.hunts;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Hunts around an action.
 *
 * @param enabled whether there are any; they take the right ThreatHunting.Read.All
 * @param span how much time before the action, and how much after it, is looked at
 * @param settle how long after that Defender is given to have its tables complete
 */
@ConfigurationProperties("cordon.hunts")
record HuntsProperties(boolean enabled, Duration span, Duration settle) {
  HuntsProperties {
    span = span == null ? Duration.ofHours(1) : span;
    settle = settle == null ? Duration.ofMinutes(15) : settle;
    if (span.compareTo(Duration.ofDays(7)) > 0 || span.isNegative() || span.isZero()) {
      throw new IllegalStateException("cordon.hunts.span must be at most P7D");
    }
  }
}
