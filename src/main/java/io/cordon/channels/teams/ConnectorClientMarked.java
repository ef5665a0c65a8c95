package io.cordon.channels.teams;

import com.fasterxml.jackson.databind.JsonNode;

/** Lets no card out without the mark of its mode. */
final class ConnectorClientMarked implements ConnectorClient {
  private final ConnectorClient connector;
  private final CardMark mark;

  ConnectorClientMarked(ConnectorClient connector, CardMark mark) {
    this.connector = connector;
    this.mark = mark;
  }

  @Override
  public PostedCard newThread(String channelId, JsonNode card) {
    return connector.newThread(channelId, mark.on(card));
  }

  @Override
  public PostedCard reply(String conversationId, JsonNode card) {
    return connector.reply(conversationId, mark.on(card));
  }

  @Override
  public void say(String conversationId, String text) {
    connector.say(conversationId, mark.on(text));
  }

  @Override
  public void replace(String conversationId, String activityId, JsonNode card) {
    connector.replace(conversationId, activityId, mark.on(card));
  }
}
