package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Bot Connector: post a card as a new thread, replace it. Contract Teams/PagerDuty 1.3 and 11.3. */
final class SimulatedConnector implements Service {
  private static final Pattern ACTIVITY = Pattern.compile("/teams/v3/conversations/([^/]+)/activities/([^/]+)");
  private static final int LARGEST_UTF16_BYTES = 102_400;

  private final Tokens tokens;
  private final Clock clock;
  private final Map<String, JsonNode> cards = new LinkedHashMap<>();
  private long last;

  SimulatedConnector(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "teams";
  }

  @Override
  public boolean serves(Call call) {
    return call.path().startsWith("/teams/v3/");
  }

  @Override
  public synchronized Answer answer(Call call) {
    if (tokens.check(call.bearer(), "https://api.botframework.com").isEmpty()) {
      return Answer.json(401, Map.of("message", "Authorization has been denied for this request."));
    }
    if (new String(call.body(), java.nio.charset.StandardCharsets.UTF_8).length() * 2 > LARGEST_UTF16_BYTES) {
      return error(413, "MessageSizeTooBig");
    }
    Matcher activity = ACTIVITY.matcher(call.path());
    if (call.method().equals("POST") && call.path().equals("/teams/v3/conversations")) {
      return post(call.json());
    }
    return call.method().equals("PUT") && activity.matches() ? put(activity.group(1) + "/" + activity.group(2), activity.group(2), call.json()) : Answer.unknown();
  }

  private Answer post(JsonNode body) {
    String channel = body.at("/channelData/channel/id").asText("");
    if (!body.path("isGroup").asBoolean() || channel.isEmpty() || !isCard(body.path("activity"))) {
      return error(400, "BadSyntax");
    }
    if (body.path("tenantId").asText("").isEmpty()) {
      return Answer.json(401, Map.of("message", "Authorization has been denied for this request."));
    }
    last = Math.max(last + 1, clock.millis());
    String conversation = channel + ";messageid=" + last;
    cards.put(conversation + "/" + last, body.at("/activity/attachments/0/content"));
    return Answer.json(201, Map.of("id", conversation, "activityId", Long.toString(last)));
  }

  private Answer put(String key, String id, JsonNode activity) {
    if (!cards.containsKey(key)) {
      return error(404, "NotFound");
    }
    if (!isCard(activity)) {
      return error(400, "BadSyntax");
    }
    cards.put(key, activity.at("/attachments/0/content"));
    return Answer.json(200, Map.of("id", id));
  }

  private static boolean isCard(JsonNode activity) {
    JsonNode card = activity.at("/attachments/0/content");
    return "message".equals(activity.path("type").asText())
        && "AdaptiveCard".equals(card.path("type").asText())
        && "1.5".compareTo(card.path("version").asText("9")) >= 0;
  }

  /** The cards as they stand now, by conversation and activity. */
  synchronized Map<String, JsonNode> cards() {
    return new LinkedHashMap<>(cards);
  }

  private static Answer error(int status, String code) {
    return Answer.json(status, Map.of("error", Map.of("code", code, "message", code)));
  }
}
