package io.cordon.channels.teams;

import io.cordon.platform.mode.ModeRefusedException;
import java.util.List;
import java.util.Map;

/**
 * The bot and the channels it posts to. Contract teams-pagerduty, sections 1.2 and 1.3.
 *
 * @param serviceUrl Connector base address; null when Teams is not used
 * @param allowedHosts the only hosts that ever see the bot's token
 * @param channels clinical service to Teams channel id; the entry {@code default} serves the others
 * @param mode what the site lets Teams do; the process is the same in all of them
 * @param workflowUrl address of the Workflows webhook, for that mode; whoever has it may post, so it is a secret
 * @param shadowChannel the one channel for all cards in shadow, none of those above
 * @param shadowWorkflowUrl the webhook for all cards in shadow
 * @param connectorMetadata where the Connector publishes its keys
 * @param connectorIssuer who issues the Connector's tokens; another one only in the US government cloud
 */
public record TeamsSettings(
    String serviceUrl,
    List<String> allowedHosts,
    String tenantId,
    String botAppId,
    Map<String, String> channels,
    String scope,
    Mode mode,
    String connectorMetadata,
    String connectorIssuer,
    String workflowUrl,
    String shadowChannel,
    String shadowWorkflowUrl) {

  /** How cards go out and answers come in. */
  public enum Mode {
    /** The bot posts and takes answers; Teams must reach {@code /api/teams/messages}, directly or through a relay. */
    BOT,
    /** The bot posts; answers are given on the approval page. Nothing comes in. */
    BOT_POSTS_ONLY,
    /** A Workflows webhook posts a card with the link, and nothing can be changed later. Nothing comes in. */
    WORKFLOW
  }

  private static final List<String> MICROSOFT =
      List.of(
          "smba.trafficmanager.net",
          "smba.infra.gcc.teams.microsoft.com",
          "smba.infra.gov.teams.microsoft.us");

  public TeamsSettings {
    serviceUrl = serviceUrl == null ? null : serviceUrl.replaceAll("/+$", "");
    allowedHosts = allowedHosts == null || allowedHosts.isEmpty() ? MICROSOFT : List.copyOf(allowedHosts);
    channels = channels == null ? Map.of() : Map.copyOf(channels);
    mode = mode == null ? Mode.BOT_POSTS_ONLY : mode;
    connectorMetadata =
        connectorMetadata == null ? "https://login.botframework.com/v1/.well-known/openidconfiguration" : connectorMetadata;
    connectorIssuer = connectorIssuer == null ? "https://api.botframework.com" : connectorIssuer;
    scope = scope == null ? "https://api.botframework.com/.default" : scope;
  }

  /** The channel of a clinical service, or null when neither it nor a default is configured. */
  public String channelOf(String clinicalService) {
    return channels.getOrDefault(clinicalService, channels.get("default"));
  }

  /** Whether this is one of ours. */
  public boolean isOurChannel(String channelId) {
    return channels.containsValue(channelId);
  }

  /**
   * The same with the places of shadow and no others, so that no card of what is not real reaches the people of the real one.
   *
   * @throws ModeRefusedException when they are missing, or are real ones
   */
  TeamsSettings inShadow() {
    boolean byWorkflow = mode == Mode.WORKFLOW;
    String place = byWorkflow ? shadowWorkflowUrl : shadowChannel;
    if (serviceUrl == null && workflowUrl == null) {
      return this;
    }
    if (place == null || place.isBlank() || place.equals(workflowUrl) || channels.containsValue(place)) {
      throw new ModeRefusedException(
          "its mode is SHADOW, and its cards have no place of their own.",
          "Set cordon.teams." + (byWorkflow ? "shadow-workflow-url to a webhook" : "shadow-channel to a channel") + " that serves nothing else.");
    }
    return new TeamsSettings(
        serviceUrl, allowedHosts, tenantId, botAppId, Map.of("default", place), scope, mode, connectorMetadata, connectorIssuer,
        byWorkflow ? place : null, shadowChannel, shadowWorkflowUrl);
  }

  @Override
  public String toString() {
    return "TeamsSettings[" + mode + ", " + serviceUrl + ", " + channels.keySet() + "]";
  }
}
