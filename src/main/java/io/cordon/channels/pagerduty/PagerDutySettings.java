package io.cordon.channels.pagerduty;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where pages go. Contract teams-pagerduty, section 7; routing keys are secrets.
 *
 * @param routingKeys clinical service to integration key; the entry {@code default} serves the others
 */
@ConfigurationProperties("cordon.pagerduty")
public record PagerDutySettings(String eventsUrl, Map<String, String> routingKeys) {
  public PagerDutySettings {
    eventsUrl = eventsUrl == null ? "https://events.pagerduty.com" : eventsUrl.replaceAll("/+$", "");
    routingKeys = routingKeys == null ? Map.of() : Map.copyOf(routingKeys);
  }

  /** The key of a clinical service, or null when neither it nor a default is configured. */
  String routingKeyOf(String service) {
    return routingKeys.getOrDefault(service, routingKeys.get("default"));
  }

  @Override
  public String toString() {
    return "PagerDutySettings[" + eventsUrl + ", " + routingKeys.keySet() + "]";
  }
}
