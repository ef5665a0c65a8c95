package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Azure Resource Graph: Arc machines by resource id or by the tag MdeDeviceId. Contract Sentinel/Graph/Arc 4.2. */
final class SimulatedResourceGraph implements Service {
  private static final String PATH = "/providers/Microsoft.ResourceGraph/";
  private static final Set<String> FIELDS = Set.of("subscriptions", "query", "options");
  private static final Set<String> OPTIONS = Set.of("resultFormat", "$top");
  private static final int LARGEST_PAGE = 1000;

  private final Tokens tokens;
  private final Devices devices;

  SimulatedResourceGraph(Tokens tokens, Devices devices) {
    this.tokens = tokens;
    this.devices = devices;
  }

  @Override
  public String name() {
    return "arm";
  }

  @Override
  public boolean serves(Call call) {
    return call.path().regionMatches(true, 0, PATH, 0, PATH.length());
  }

  @Override
  public Answer answer(Call call) {
    if (tokens.check(call.bearer(), "https://management.azure.com").isEmpty()) {
      return error(401, "AuthenticationFailed", "token");
    }
    if (!call.method().equals("POST") || !call.path().equalsIgnoreCase(PATH + "resources")) {
      return Answer.unknown();
    }
    if (!Map.of("api-version", "2021-03-01").equals(call.parameters())) {
      return error(400, "InvalidApiVersionParameter", "the api-version is not known");
    }
    JsonNode body = call.json();
    if (!isKnown(body)) {
      return error(400, "BadRequest", "a part of the request is not known");
    }
    return KustoQuery.of(body.path("query").asText())
        .map(query -> rows(body.path("subscriptions").toString().contains('"' + Devices.SUBSCRIPTION + '"') ? query.rows(devices) : List.of()))
        .orElseGet(() -> error(400, "InvalidQuery", "a part of the query is not understood"));
  }

  private static boolean isKnown(JsonNode body) {
    JsonNode options = body.path("options");
    JsonNode top = options.path("$top");
    return FIELDS.containsAll(names(body))
        && OPTIONS.containsAll(names(options))
        && body.path("subscriptions").size() > 0
        && options.path("resultFormat").asText("objectArray").equals("objectArray")
        && (top.isMissingNode() || top.isInt() && top.asInt() > 0 && top.asInt() <= LARGEST_PAGE);
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Answer rows(List<Map<String, Object>> rows) {
    return Answer.json(200, Map.of("totalRecords", rows.size(), "count", rows.size(), "resultTruncated", "false", "data", rows, "facets", List.of()));
  }

  private static Answer error(int status, String code, String message) {
    return Answer.json(status, Map.of("error", Map.of("code", code, "message", message)));
  }
}
