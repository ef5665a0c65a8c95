package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What scripts and people use: tokens, journal, faults, devices, alerts, clock, the sign-in page, the Teams-like page. */
final class Controls {
  private static final Set<String> JOURNALED = Set.of("mde", "teams", "pagerduty", "graph", "arm", "fhir", "loganalytics", "entra", "botframework", "unknown");

  private final SandboxCloud sandbox;

  Controls(SandboxCloud sandbox) {
    this.sandbox = sandbox;
  }

  void serve(HttpExchange exchange) throws IOException {
    Call call = SandboxCloud.read(exchange);
    SandboxCloud.send(exchange, SandboxCloud.guarded(() -> answer(call)), false);
  }

  private Answer answer(Call call) {
    if (sandbox.entra.serves(call) && call.method().equals("GET")) {
      return sandbox.entra.answer(call);
    }
    return switch (call.method() + " " + call.path()) {
      case "GET /teams" -> TeamsPage.of(sandbox.teams, sandbox.teamsClient, call.parameters());
      case "POST /teams/press" -> press(call.form());
      case "POST /_sandbox/teams/click" -> click(call.json());
      case "POST /_sandbox/pagerduty/webhook" -> webhook(call.json());
      case "POST /_sandbox/token" -> token(call.json());
      case "GET /_sandbox/requests" -> requests(call.parameters());
      case "GET /_sandbox/pages" -> Answer.json(200, pages());
      case "POST /_sandbox/faults" -> sandbox.faults.add(call.json()) ? Answer.json(201, Map.of()) : Answer.unknown();
      case "DELETE /_sandbox/faults" -> cleared();
      case "POST /_sandbox/clock" -> advanced(call.json().path("advanceSeconds"));
      case "POST /_sandbox/limits" -> limits(call.json().path("enforced"));
      case "POST /_sandbox/duplicates" -> duplicates(call.json().path("answer").asText());
      case "POST /_sandbox/alerts" -> sandbox.alerts.place(call.json()) ? Answer.json(201, Map.of()) : Answer.unknown();
      case "POST /_sandbox/calendar" -> sandbox.calendar.add(call.json()) ? Answer.json(201, Map.of()) : Answer.unknown();
      case "DELETE /_sandbox/calendar" -> emptied();
      case "POST /_sandbox/fhir" -> sandbox.fhir.set(call.json()) ? Answer.json(200, Map.of()) : Answer.unknown();
      case "POST /_sandbox/people" -> changed(call.json());
      case "GET /_sandbox/devices" -> Answer.json(200, devices());
      default -> device(call);
    };
  }

  /** Presses a button of the newest card about a request; Teams' answer to a genuine signed invoke. */
  private Answer click(JsonNode asked) {
    People.Person person = People.all().get(asked.path("person").asText());
    String verb = asked.path("verb").asText().toLowerCase(Locale.ROOT);
    var card = sandbox.teamsClient.cardAbout(asked.path("approvalId").asText("?"));
    if (person == null || verb.isEmpty() || card.isEmpty()) {
      return Answer.unknown();
    }
    return sandbox.teamsClient.press(person, card.get(), verb, asked.path("data"))
        .map(answer -> Answer.json(200, answer))
        .orElseGet(() -> Answer.json(502, Map.of("error", Map.of("code", "UnableToReachApp", "message", "the bot gave no usable answer"))));
  }

  /** A button of the page. */
  private Answer press(Map<String, String> form) {
    People.Person person = People.all().get(form.getOrDefault("as", ""));
    var card = sandbox.teams.places().stream()
        .filter(place -> place.conversation().equals(form.get("conversation")) && place.activity().equals(form.get("activity")))
        .findFirst();
    if (person == null || card.isEmpty() || !form.containsKey("verb")) {
      return Answer.redirect("/teams?note=" + URLEncoder.encode("Choose first who you are.", StandardCharsets.UTF_8));
    }
    String note = sandbox.teamsClient.press(person, card.get(), form.get("verb"), Call.JSON.valueToTree(form))
        .map(answer -> answer.path("value").isTextual() ? answer.path("value").asText() : "")
        .orElse("Unable to reach app. Please try again.");
    return Answer.redirect("/teams?as=" + person.name() + (note.isEmpty() ? "" : "&note=" + URLEncoder.encode(note, StandardCharsets.UTF_8)));
  }

  /** PagerDuty tells of something that happened to a page, such as incident.acknowledged by a user. */
  private Answer webhook(JsonNode asked) {
    String type = asked.path("type").asText("");
    String user = asked.path("user").asText(null);
    boolean known = sandbox.pagerDuty.alerts().keySet().stream().anyMatch(key -> key.dedupKey().equals(asked.path("dedupKey").asText()));
    if (!type.startsWith("incident.") || !known) {
      return Answer.unknown();
    }
    try {
      int status = sandbox.webhooks.send(sandbox.webhooks.event(type, asked.path("dedupKey").asText(), user));
      return Answer.json(200, Map.of("status", status));
    } catch (IOException e) {
      return Answer.json(502, Map.of("error", Map.of("code", "NoAnswer", "message", "the webhook got no answer")));
    }
  }

  private Answer token(JsonNode asked) {
    if ("sentinel-forwarder".equals(asked.path("client").asText())) {
      return Answer.json(200, Map.of("access_token", sandbox.entra.forwarderToken()));
    }
    People.Person person = People.all().get(asked.path("person").asText());
    return person == null ? Answer.unknown() : Answer.json(200, Map.of("access_token", sandbox.entra.personToken(person)));
  }

  private Answer emptied() {
    sandbox.calendar.clear();
    return Answer.json(200, Map.of());
  }

  private Answer cleared() {
    sandbox.faults.clear();
    return Answer.json(200, Map.of());
  }

  private Answer requests(Map<String, String> asked) {
    String service = asked.get("service");
    boolean known = Set.of("service").containsAll(asked.keySet()) && (service == null || JOURNALED.contains(service));
    return known ? Answer.json(200, sandbox.journal.of(service)) : Answer.unknown();
  }

  /** Whether calls are counted against the rate limits; a load test of something else may lift them. */
  private Answer limits(JsonNode enforced) {
    if (!enforced.isBoolean()) {
      return Answer.unknown();
    }
    sandbox.limits.enforce(enforced.asBoolean());
    return Answer.json(200, Map.of("enforced", enforced.asBoolean()));
  }

  /** What Defender answers while an action of the same type is under way: "refused" (400) or "existing" (201 with that action). */
  private Answer duplicates(String answer) {
    if (!List.of("refused", "existing").contains(answer)) {
      return Answer.unknown();
    }
    sandbox.mde.answerDuplicatesWithTheExistingAction(answer.equals("existing"));
    return Answer.json(200, Map.of("answer", answer));
  }

  private Answer advanced(JsonNode seconds) {
    if (!seconds.canConvertToLong() || !seconds.isIntegralNumber() || seconds.asLong() < 0) {
      return Answer.unknown();
    }
    sandbox.clock.advance(Duration.ofSeconds(seconds.asLong()));
    return Answer.json(200, Map.of("now", sandbox.clock.instant().toString()));
  }

  /** What happens to somebody's account in Entra from now on; their tokens stay as they are. */
  private Answer changed(JsonNode asked) {
    Optional<SimulatedDirectory.Change> change =
        Arrays.stream(SimulatedDirectory.Change.values()).filter(one -> one.name().equals(asked.path("change").asText())).findFirst();
    boolean done = change.isPresent() && sandbox.graph.directory.change(asked.path("person").asText(), change.get());
    return done ? Answer.json(200, Map.of("change", change.get().name())) : Answer.unknown();
  }

  private List<Map<String, String>> pages() {
    return sandbox.pagerDuty.alerts().entrySet().stream()
        .map(page -> Map.of("routingKey", page.getKey().routingKey(), "dedupKey", page.getKey().dedupKey(), "state", page.getValue()))
        .toList();
  }

  private List<Map<String, Object>> devices() {
    return sandbox.devices.all().stream()
        .map(d -> Map.<String, Object>of("name", d.name, "mdeId", d.mdeId, "arcId", d.arcId, "os", d.os, "tags", d.tags, "state", d.online() ? "online" : "offline"))
        .toList();
  }

  private Answer device(Call call) {
    String prefix = "/_sandbox/devices/";
    String state = call.json().path("state").asText();
    if (!call.method().equals("PATCH") && !call.method().equals("POST") || !call.path().startsWith(prefix) || !List.of("online", "offline").contains(state)) {
      return Answer.unknown();
    }
    var device = sandbox.devices.named(call.path().substring(prefix.length()));
    device.ifPresent(found -> found.turn(state.equals("online"), sandbox.clock.instant()));
    return device.isPresent() ? Answer.json(200, Map.of("state", state)) : Answer.unknown();
  }
}
