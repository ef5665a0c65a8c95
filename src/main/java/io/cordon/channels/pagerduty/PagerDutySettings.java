package io.cordon.channels.pagerduty;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where pages go. Contract teams-pagerduty, section 7; routing keys are secrets.
 *
 * @param routingKeys clinical service to integration key; the entry {@code default} serves the others
 * @param webhookSecrets of our v3 webhook subscriptions, several while one is changed; none means no webhooks are taken
 * @param eventsPerMinute how many events one key may send in a minute before pages are put together; PagerDuty takes about 120
 */
@ConfigurationProperties("cordon.pagerduty")
public record PagerDutySettings(String eventsUrl, Map<String, String> routingKeys, List<String> webhookSecrets, int eventsPerMinute) {
  public PagerDutySettings {
    eventsUrl = eventsUrl == null ? "https://events.pagerduty.com" : eventsUrl.replaceAll("/+$", "");
    routingKeys = routingKeys == null ? Map.of() : Map.copyOf(routingKeys);
    webhookSecrets = webhookSecrets == null ? List.of() : webhookSecrets.stream().filter(secret -> !secret.isBlank()).toList();
    eventsPerMinute = eventsPerMinute == 0 ? 90 : eventsPerMinute;
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
