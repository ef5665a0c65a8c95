package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Bot Connector: post a card as a new thread, replace it, reply. Contract Teams/PagerDuty 1.3, 1.9 and 11.3. */
final class SimulatedConnector implements Service {
  private static final Pattern ACTIVITY = Pattern.compile("/teams/v3/conversations/([^/]+)/activities(?:/([^/]+))?");
  private static final Pattern CHANNEL = Pattern.compile("19:[^;/]+@thread\\.(tacv2|skype)");
  private static final int LARGEST_UTF16_BYTES = 102_400;

  private final Tokens tokens;
  private final Clock clock;
  private final RateWindows rate;
  private final Set<String> activities = new HashSet<>();
  private final Map<String, JsonNode> cards = new LinkedHashMap<>();
  private java.util.function.Consumer<String> onReplace = key -> {};
  private long last;

  SimulatedConnector(Tokens tokens, RateLimits limits) {
    this.tokens = tokens;
    this.clock = limits.clock();
    this.rate =
        limits.of(
            new RateWindows.Window(7, Duration.ofSeconds(1)),
            new RateWindows.Window(8, Duration.ofSeconds(2)),
            new RateWindows.Window(60, Duration.ofSeconds(30)),
            new RateWindows.Window(1800, Duration.ofHours(1)));
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
    if (tokens.check(call.bearer(), "https://api.botframework.com").filter(claims -> People.CORDON.equals(claims.get("appid"))).isEmpty()) {
      return denied();
    }
    if (new String(call.body(), StandardCharsets.UTF_8).length() * 2 > LARGEST_UTF16_BYTES) {
      return error(413, "MessageSizeTooBig");
    }
    Matcher activity = ACTIVITY.matcher(call.path());
    if (activity.matches()) {
      return inThread(call, activity.group(1), activity.group(2));
    }
    return call.method().equals("POST") && call.path().equals("/teams/v3/conversations") ? newThread(call.json()) : Answer.unknown();
  }

  private Answer newThread(JsonNode body) {
    String channel = body.at("/channelData/channel/id").asText("");
    if (!body.path("isGroup").asBoolean() || channel.isEmpty() || !ConnectorMessage.isGood(body.path("activity"))) {
      return error(400, "BadSyntax");
    }
    if (!People.TENANT.equals(body.path("tenantId").asText())) {
      return denied();
    }
    if (!CHANNEL.matcher(channel).matches()) {
      return error(403, "BotNotInConversationRoster");
    }
    return rate.refuse(channel).map(SimulatedConnector::throttled).orElseGet(() -> {
      String activity = nextId();
      String conversation = channel + ";messageid=" + activity;
      keep(conversation, activity, body.path("activity"));
      return Answer.json(201, Map.of("id", conversation, "activityId", activity));
    });
  }

  private Answer inThread(Call call, String conversation, String activity) {
    boolean posts = call.method().equals("POST");
    boolean replaces = call.method().equals("PUT") && activity != null;
    if (!posts && !replaces) {
      return Answer.unknown();
    }
    String root = conversation.substring(conversation.lastIndexOf('=') + 1);
    if (!activities.contains(conversation + "/" + (activity == null ? root : activity))) {
      return error(404, "NotFound");
    }
    if (!ConnectorMessage.isGood(call.json())) {
      return error(400, "BadSyntax");
    }
    return rate.refuse(conversation).map(SimulatedConnector::throttled).orElseGet(() -> {
      String id = posts ? nextId() : activity;
      keep(conversation, id, call.json());
      return Answer.json(posts ? 201 : 200, Map.of("id", id));
    });
  }

  /** Who is to be told that a card was replaced. */
  synchronized void onReplace(java.util.function.Consumer<String> listener) {
    onReplace = listener;
  }

  /** The cards as they hang now, oldest first. */
  synchronized java.util.List<CardPlace> places() {
    return cards.entrySet().stream()
        .map(card -> new CardPlace(card.getKey().substring(0, card.getKey().lastIndexOf('/')), card.getKey().substring(card.getKey().lastIndexOf('/') + 1), card.getValue()))
        .toList();
  }

  private String nextId() {
    last = Math.max(last + 1, clock.millis());
    return Long.toString(last);
  }

  private void keep(String conversation, String id, JsonNode activity) {
    onReplace.accept(conversation + "/" + id);
    activities.add(conversation + "/" + id);
    if (ConnectorMessage.hasCard(activity)) {
      cards.put(conversation + "/" + id, ConnectorMessage.card(activity));
    } else {
      cards.remove(conversation + "/" + id);
    }
  }

  /** The cards as they stand now, by conversation and activity. */
  synchronized Map<String, JsonNode> cards() {
    return new LinkedHashMap<>(cards);
  }

  private static Answer denied() {
    return Answer.json(401, Map.of("message", "Authorization has been denied for this request."));
  }

  private static Answer throttled(long seconds) {
    return error(429, "TooManyRequests").with("Retry-After", Long.toString(seconds));
  }

  private static Answer error(int status, String code) {
    return Answer.json(status, Map.of("error", Map.of("code", code, "message", code)));
  }
}
