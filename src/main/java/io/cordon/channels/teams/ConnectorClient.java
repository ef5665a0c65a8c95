package io.cordon.channels.teams;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Posts cards through the Bot Connector, each call sent once. Contract teams-pagerduty, section 1.3. May throw {@link
 * ConnectorRejected}, {@link ConnectorThrottled} or {@link ConnectorUnavailable}.
 */
public interface ConnectorClient {

  /**
   * Starts a thread in a channel with this card.
   *
   * @throws ConnectorAmbiguous when the card may have been posted; a second one with the same request code is harmless
   */
  PostedCard newThread(String channelId, JsonNode card);

  /**
   * Adds this card to a thread.
   *
   * @throws ConnectorAmbiguous when the card may have been posted
   */
  PostedCard reply(String conversationId, JsonNode card);

  /** Adds a sentence to a thread; one that is said twice does no harm. */
  void say(String conversationId, String text);

  /** Replaces a card. Repeating it is harmless, so there is no ambiguous outcome. */
  void replace(String conversationId, String activityId, JsonNode card);
}
