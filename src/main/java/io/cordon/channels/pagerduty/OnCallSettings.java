package io.cordon.channels.pagerduty;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where on-call schedules are read. Contract teams-pagerduty, section 8; the key is a secret and may only read.
 *
 * @param escalationPolicies clinical service to the id of its escalation policy; without one nobody is shown
 */
@ConfigurationProperties("cordon.on-call")
public record OnCallSettings(String apiUrl, String apiKey, Map<String, String> escalationPolicies) {
  public OnCallSettings {
    apiUrl = apiUrl == null ? "https://api.pagerduty.com" : apiUrl.replaceAll("/+$", "");
    escalationPolicies = escalationPolicies == null ? Map.of() : Map.copyOf(escalationPolicies);
  }

  @Override
  public String toString() {
    return "OnCallSettings[" + apiUrl + ", " + escalationPolicies.keySet() + "]";
  }
}
