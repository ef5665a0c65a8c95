package io.cordon.alerts.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long sealed material is kept after a case is over.
 *
 * @param material six years unless set: 45 CFR 164.316(b)(2)(i); not less, a shorter time is refused
 */
@ConfigurationProperties("cordon.retention")
record RetentionProperties(@DefaultValue("P2192D") Duration material) {
  private static final Duration LEAST = Duration.ofDays(2192);

  RetentionProperties {
    if (material.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException("cordon.retention.material must be at least " + LEAST.toDays() + " days: HIPAA asks for six years");
    }
  }
}
