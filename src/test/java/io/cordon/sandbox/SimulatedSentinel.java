package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Incidents of the Sentinel workspace and their comments. Contract Sentinel/Graph/Arc 3. */
final class SimulatedSentinel implements Service {
  static final String WORKSPACE =
      "/subscriptions/" + Devices.SUBSCRIPTION + "/resourceGroups/hospital/providers/Microsoft.OperationalInsights/workspaces/soc";
  private static final Pattern PATH = Pattern.compile(Pattern.quote(WORKSPACE) + "/providers/Microsoft\\.SecurityInsights/incidents/([0-9a-f-]{36})(?:/comments/([0-9a-f-]{36}))?");
  private static final Set<String> WRITABLE =
      Set.of("title", "severity", "status", "description", "classification", "classificationComment", "classificationReason", "owner", "labels", "firstActivityTimeUtc", "lastActivityTimeUtc");
  private static final int MOST_COMMENTS = 100;

  private final Tokens tokens;
  private final Map<String, ObjectNode> incidents = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> comments = new LinkedHashMap<>();

  SimulatedSentinel(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Opens an incident; its id. */
  synchronized String open(String title) {
    String id = UUID.randomUUID().toString();
    ObjectNode properties = Call.JSON.createObjectNode().put("title", title).put("severity", "High").put("status", "New").put("incidentNumber", incidents.size() + 1);
    properties.putObject("owner").put("assignedTo", "Analyst");
    properties.putArray("labels").addObject().put("labelName", "clinical").put("labelType", "User");
    ObjectNode incident = Call.JSON.createObjectNode().put("id", WORKSPACE + "/providers/Microsoft.SecurityInsights/incidents/" + id).put("name", id).put("etag", etag());
    incident.set("properties", properties);
    incidents.put(id, incident);
    return id;
  }

  /** The comments of an incident by their id. */
  synchronized Map<String, String> comments(String incident) {
    return new LinkedHashMap<>(comments.getOrDefault(incident, Map.of()));
  }

  synchronized JsonNode incident(String id) {
    return incidents.get(id).deepCopy();
  }

  private static String etag() {
    return "\"" + UUID.randomUUID() + "\"";
  }

  @Override
  public String name() {
    return "arm";
  }

  @Override
  public boolean serves(Call call) {
    return call.path().contains("/providers/Microsoft.SecurityInsights/");
  }

  @Override
  public synchronized Answer answer(Call call) {
    if (tokens.check(call.bearer(), "https://management.azure.com").isEmpty()) {
      return error(401, "AuthenticationFailed");
    }
    Matcher path = PATH.matcher(call.path());
    if (!path.matches() || !Map.of("api-version", "2025-09-01").equals(call.parameters())) {
      return Answer.unknown();
    }
    ObjectNode incident = incidents.get(path.group(1));
    if (incident == null) {
      return error(404, "NotFound");
    }
    if (path.group(2) != null) {
      return call.method().equals("PUT") ? commented(path.group(1), path.group(2), call.json()) : Answer.unknown();
    }
    return switch (call.method()) {
      case "GET" -> Answer.json(200, incident);
      case "PUT" -> replaced(incident, call.json());
      default -> Answer.unknown();
    };
  }

  private Answer commented(String incident, String comment, JsonNode body) {
    JsonNode message = body.at("/properties/message");
    Map<String, String> all = comments.computeIfAbsent(incident, fresh -> new LinkedHashMap<>());
    boolean isNew = !all.containsKey(comment);
    if (!Set.of("properties").equals(names(body)) || !Set.of("message").equals(names(body.path("properties"))) || message.asText().isEmpty() || message.asText().length() > 30_000) {
      return error(400, "BadRequest");
    }
    if (isNew && all.size() >= MOST_COMMENTS) {
      return error(400, "TooManyComments");
    }
    all.put(comment, message.asText());
    return Answer.json(isNew ? 201 : 200, Map.of("name", comment, "etag", etag(), "properties", Map.of("message", message.asText())));
  }

  private Answer replaced(ObjectNode incident, JsonNode body) {
    JsonNode properties = body.path("properties");
    boolean complete = properties.path("title").isTextual() && properties.path("severity").isTextual() && properties.path("status").isTextual();
    if (!complete || !WRITABLE.containsAll(names(properties)) || properties.path("status").asText().equals("Closed") && !properties.has("classification")) {
      return error(400, "BadRequest");
    }
    if (!incident.path("etag").asText().equals(body.path("etag").asText(""))) {
      return error(409, "Conflict");
    }
    ObjectNode fresh = properties.deepCopy();
    fresh.set("incidentNumber", incident.at("/properties/incidentNumber"));
    incident.set("properties", fresh);
    incident.put("etag", etag());
    return Answer.json(200, incident);
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Answer error(int status, String code) {
    return Answer.json(status, Map.of("error", Map.of("code", code, "message", code)));
  }
}
