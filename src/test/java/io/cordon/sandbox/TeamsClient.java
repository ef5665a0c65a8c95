package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * People's Teams: sends what they press to the bot, signed as the Connector does, and sends it again as Teams does when no
 * usable answer comes within 15 seconds. Contract Teams/PagerDuty 1.5 and 11.4.
 */
final class TeamsClient {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final ConnectorSigning signing;
  private final SimulatedConnector connector;
  private final String serviceUrl;
  private final SandboxClock clock;
  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, JsonNode> views = new HashMap<>();
  private final List<String> banners = new ArrayList<>();
  private volatile String messagingEndpoint;
  /** How long after the second delivery the same press is sent under a new id. */
  volatile Duration resendAfter = Duration.ofSeconds(30);

  TeamsClient(ConnectorSigning signing, SimulatedConnector connector, String serviceUrl, SandboxClock clock) {
    this.signing = signing;
    this.connector = connector;
    this.serviceUrl = serviceUrl;
    this.clock = clock;
  }

  /** Where the bot is registered to listen. */
  void register(String endpoint) {
    messagingEndpoint = endpoint;
  }

  /** What the person sees of a card: their own view of it, when they have one, or the card of all. */
  synchronized JsonNode view(String person, CardPlace place) {
    return views.getOrDefault(person + " " + place.conversation() + "/" + place.activity(), place.card());
  }

  /** How often somebody was told that the app cannot be reached. */
  synchronized List<String> banners() {
    return List.copyOf(banners);
  }

  /** The newest card that asks about this request. */
  Optional<CardPlace> cardAbout(String approvalId) {
    return connector.places().stream().filter(place -> place.isAbout(approvalId)).reduce((first, second) -> second);
  }

  /** Presses a button of the card as a desktop client does; the bot's answer, or empty when none could be used. */
  Optional<JsonNode> press(People.Person person, CardPlace place, String verb, JsonNode typed) {
    return delivered(person, place, pressed(person, place, verb, typed));
  }

  /** What a client sends for that. */
  ObjectNode pressed(People.Person person, CardPlace place, String verb, JsonNode typed) {
    CardPlace seen = new CardPlace(place.conversation(), place.activity(), view(person.name(), place));
    return invoke(person, seen, action(seen, verb), seen.data(action(seen, verb), typed), "manual");
  }

  /** A client that opens the channel asks for the person's own view of every card that has one. */
  Optional<JsonNode> open(People.Person person, CardPlace place) {
    return place.card().has("refresh")
        ? delivered(person, place, invoke(person, place, place.card().at("/refresh/action"), place.card().at("/refresh/action/data"), "automatic"))
        : Optional.empty();
  }

  /** What an old client sends for the button: a message with the data as its value. */
  int submit(People.Person person, CardPlace place, String verb, JsonNode typed) throws IOException {
    ObjectNode message = invoke(person, place, action(place, verb), Call.JSON.createObjectNode(), "manual");
    message.remove("name");
    message.put("type", "message").set("value", place.data(action(place, verb).path("fallback"), typed));
    return send(message, token()).statusCode();
  }

  /** A button that the card no longer offers is pressed all the same: somebody's client still shows it. */
  private static JsonNode action(CardPlace place, String verb) {
    return place.action(verb).orElseGet(() -> {
      ObjectNode action = Call.JSON.createObjectNode().put("type", "Action.Execute").put("verb", verb);
      JsonNode known = place.card().at("/refresh/action/data");
      action.putObject("data").put("v", 1).put("verb", verb).put("approvalId", known.path("approvalId").asText())
          .put("requestRevision", known.path("requestRevision").asInt(1));
      return action;
    });
  }

  ObjectNode invoke(People.Person person, CardPlace place, JsonNode action, JsonNode data, String trigger) {
    ObjectNode invoke = Call.JSON.createObjectNode();
    invoke.put("type", "invoke").put("name", "adaptiveCard/action").put("id", "f:" + UUID.randomUUID()).put("channelId", "msteams");
    invoke.put("serviceUrl", serviceUrl).put("timestamp", clock.instant().toString());
    invoke.putObject("from").put("id", "29:" + person.name()).put("name", person.name()).put("aadObjectId", person.oid());
    invoke.putObject("recipient").put("id", "28:" + People.CORDON);
    invoke.putObject("conversation").put("id", place.conversation()).put("conversationType", "channel").put("isGroup", true).put("tenantId", People.TENANT);
    ObjectNode channel = invoke.putObject("channelData");
    channel.putObject("tenant").put("id", People.TENANT);
    channel.putObject("team").put("id", "19:team@thread.tacv2");
    channel.putObject("channel").put("id", place.conversation().replaceAll(";messageid=.*", ""));
    invoke.put("replyToId", place.activity());
    ObjectNode value = invoke.putObject("value").put("trigger", trigger);
    value.putObject("action").put("type", "Action.Execute").put("id", "").put("verb", action.path("verb").asText()).set("data", data);
    return invoke;
  }

  /** A genuine token for this bot. */
  String token() {
    return signing.sign(signing.teamsKey(), signing.claims(People.CORDON, serviceUrl));
  }

  private Optional<JsonNode> delivered(People.Person person, CardPlace place, ObjectNode invoke) {
    for (int delivery = 1; delivery <= 4; delivery++) {
      if (delivery == 3) {
        SandboxCloud.pause((int) resendAfter.toMillis());
      }
      if (delivery > 2) {
        invoke.put("id", "f:" + UUID.randomUUID()).put("timestamp", clock.instant().toString());
      }
      Optional<JsonNode> answer = usable(invoke);
      if (answer.isPresent()) {
        keep(person, place, answer.get());
        return answer;
      }
      synchronized (this) {
        banners.add("Unable to reach app");
      }
    }
    return Optional.empty();
  }

  private Optional<JsonNode> usable(JsonNode invoke) {
    try {
      HttpResponse<byte[]> response = send(invoke, token());
      JsonNode body = new Call("", "", "", Map.of(), response.body()).json();
      boolean good = response.statusCode() == 200 && body.path("statusCode").isInt() && body.path("type").isTextual() && body.has("value");
      return good ? Optional.of(body) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Sends an activity once. */
  HttpResponse<byte[]> send(JsonNode activity, String token) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(messagingEndpoint)).timeout(PATIENCE).header("Content-Type", "application/json; charset=utf-8");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return http.send(request.POST(HttpRequest.BodyPublishers.ofByteArray(Call.JSON.writeValueAsBytes(activity))).build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private synchronized void keep(People.Person person, CardPlace place, JsonNode answer) {
    if ("application/vnd.microsoft.card.adaptive".equals(answer.path("type").asText())) {
      views.put(person.name() + " " + place.conversation() + "/" + place.activity(), answer.path("value"));
    }
  }

  /** Everybody's view of a card goes when the bot replaces it. */
  synchronized void replaced(String conversationAndActivity) {
    views.keySet().removeIf(view -> view.endsWith(" " + conversationAndActivity));
  }
}
