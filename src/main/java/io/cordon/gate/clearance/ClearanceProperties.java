package io.cordon.gate.clearance;

import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The clinical feed of the site; without an address the clearance is always UNKNOWN.
 *
 * @param fhirUrl base address of a FHIR R4 server, https
 * @param scope of the token it wants; null when it wants none
 * @param runsOn Arc ids or names of the machines it runs on or is reached through, which may be none; not said at all
 *     means that every machine could be one of them
 * @param searches what is counted
 */
@ConfigurationProperties("cordon.clearance")
record ClearanceProperties(
    String fhirUrl, String scope, List<String> runsOn, @DefaultValue({"ENCOUNTER", "PROCEDURE", "APPOINTMENT"}) Set<CountSearch.Kind> searches) {
  ClearanceProperties {
    if (fhirUrl != null && !fhirUrl.isBlank() && !fhirUrl.matches("(https://|http://(localhost|127\\.0\\.0\\.1)[:/]).+")) {
      throw new IllegalArgumentException("cordon.clearance.fhir-url must be an https address");
    }
    if (searches.isEmpty()) {
      throw new IllegalArgumentException("cordon.clearance.searches must name at least one");
    }
  }

  boolean hasFeed() {
    return fhirUrl != null && !fhirUrl.isBlank();
  }
}
