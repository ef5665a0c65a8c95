package io.cordon.platform.phi;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the net must know of this hospital.
 *
 * @param patterns its medical record and accession numbers: name of the rule to regular expression
 */
@ConfigurationProperties("cordon.phi")
record PhiProperties(Map<String, String> patterns) {
  PhiProperties {
    patterns = patterns == null ? Map.of() : Map.copyOf(patterns);
  }
}
