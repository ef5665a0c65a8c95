package io.cordon.channels.teams;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.platform.http.Breaker;
import io.cordon.platform.http.BreakerOpen;
import java.util.function.Supplier;

/** Does not call a Teams that fails again and again, so that nobody waits for it. */
final class ConnectorClientGuarded implements ConnectorClient {
  private final ConnectorClient connector;
  private final Breaker breaker;

  ConnectorClientGuarded(ConnectorClient connector, Breaker breaker) {
    this.connector = connector;
    this.breaker = breaker;
  }

  @Override
  public PostedCard newThread(String channelId, JsonNode card) {
    return guarded("new-thread", () -> connector.newThread(channelId, card));
  }

  @Override
  public PostedCard reply(String conversationId, JsonNode card) {
    return guarded("reply", () -> connector.reply(conversationId, card));
  }

  @Override
  public void say(String conversationId, String text) {
    guarded("say", () -> {
      connector.say(conversationId, text);
      return null;
    });
  }

  @Override
  public void replace(String conversationId, String activityId, JsonNode card) {
    guarded("replace", () -> {
      connector.replace(conversationId, activityId, card);
      return null;
    });
  }

  private <T> T guarded(String operation, Supplier<T> call) {
    try {
      return breaker.call(call);
    } catch (BreakerOpen e) {
      throw new ConnectorUnavailable(operation, "left alone for a while after many failures");
    }
  }
}
