package io.cordon.channels.teams;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The bot and the channels it posts to. Contract teams-pagerduty, sections 1.2 and 1.3.
 *
 * @param serviceUrl Connector base address; null when Teams is not used
 * @param allowedHosts the only hosts that ever see the bot's token
 * @param channels clinical service to Teams channel id; the entry {@code default} serves the others
 */
@ConfigurationProperties("cordon.teams")
public record TeamsSettings(
    String serviceUrl,
    List<String> allowedHosts,
    String tenantId,
    String botAppId,
    Map<String, String> channels,
    String scope) {
  private static final List<String> MICROSOFT =
      List.of(
          "smba.trafficmanager.net",
          "smba.infra.gcc.teams.microsoft.com",
          "smba.infra.gov.teams.microsoft.us");

  public TeamsSettings {
    serviceUrl = serviceUrl == null ? null : serviceUrl.replaceAll("/+$", "");
    allowedHosts = allowedHosts == null || allowedHosts.isEmpty() ? MICROSOFT : List.copyOf(allowedHosts);
    channels = channels == null ? Map.of() : Map.copyOf(channels);
    scope = scope == null ? "https://api.botframework.com/.default" : scope;
  }

  /** The channel of a clinical service, or null when neither it nor a default is configured. */
  public String channelOf(String clinicalService) {
    return channels.getOrDefault(clinicalService, channels.get("default"));
  }
}
