package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A FHIR R4 server that answers with numbers and refuses every question that wants more. Contract evidence-phi-security,
 * section 3. It holds no resources at all, only how many there are at a place.
 */
final class SimulatedFhir implements Service {
  static final String AUDIENCE = "https://fhir.hosp.example";
  static final String READ = "user.read.counts";

  private static final String BASE = "/fhir/r4/";
  /** The search parameters of each resource, as the 4.0.1 definitions name them. */
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "Encounter", Set.of("location", "status", "_lastUpdated"),
          "Procedure", Set.of("location", "status"),
          "Appointment", Set.of("location", "status", "date"),
          "Slot", Set.of("schedule.actor", "status", "start"),
          "ServiceRequest", Set.of("encounter.location", "status", "occurrence"));

  private final Tokens tokens;
  private final String base;
  private final Map<String, Integer> encounters = new HashMap<>();
  private boolean silent;

  SimulatedFhir(Tokens tokens, String base) {
    this.tokens = tokens;
    this.base = base;
  }

  /** Says how many encounters run at a place, or whether the feed is silent; false when the sandbox does not understand it. */
  synchronized boolean set(JsonNode json) {
    if (json.path("silent").isBoolean()) {
      silent = json.path("silent").asBoolean();
      return true;
    }
    boolean understood = json.path("location").isTextual() && json.path("encounters").canConvertToInt();
    if (understood) {
      encounters.put("Location/" + json.path("location").asText(), json.path("encounters").asInt());
    }
    return understood;
  }

  @Override
  public String name() {
    return "fhir";
  }

  @Override
  public boolean serves(Call call) {
    return call.path().startsWith(BASE);
  }

  @Override
  public Answer answer(Call call) {
    if (tokens.check(call.bearer(), AUDIENCE).isEmpty()) {
      return outcome(401, "login");
    }
    String resource = call.path().substring(BASE.length()).replace("/_search", "");
    boolean form = call.headers().getOrDefault("content-type", "").startsWith("application/x-www-form-urlencoded");
    if (!call.method().equals("POST") || !call.path().endsWith("/_search") || !call.query().isEmpty() || !form || !KNOWN.containsKey(resource)) {
      return outcome(400, "not-supported");
    }
    List<Map.Entry<String, String>> asked = pairs(call);
    boolean counts = asked.contains(Map.entry("_summary", "count"));
    boolean strict = call.headers().getOrDefault("prefer", "").contains("handling=strict");
    boolean known = asked.stream().allMatch(pair -> pair.getKey().equals("_summary") || KNOWN.get(resource).contains(pair.getKey()));
    return counts && strict && known ? counted(resource, asked) : outcome(400, "invalid");
  }

  private synchronized Answer counted(String resource, List<Map.Entry<String, String>> asked) {
    String self = asked.stream().map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    return Answer.json(
        200,
        Map.of(
            "resourceType", "Bundle", "type", "searchset", "total", total(resource, asked),
            "link", List.of(Map.of("relation", "self", "url", base + BASE + resource + "?" + self))));
  }

  private int total(String resource, List<Map.Entry<String, String>> asked) {
    if (!resource.equals("Encounter")) {
      return 0;
    }
    if (asked.stream().anyMatch(pair -> pair.getKey().equals("_lastUpdated"))) {
      return silent ? 0 : 12;
    }
    return asked.stream()
        .filter(pair -> pair.getKey().equals("location"))
        .flatMap(pair -> Stream.of(pair.getValue().split(",")))
        .mapToInt(place -> encounters.getOrDefault(place, 0))
        .sum();
  }

  /** A name may come twice, which a map would hide. */
  private static List<Map.Entry<String, String>> pairs(Call call) {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    for (String pair : new String(call.body(), StandardCharsets.UTF_8).split("&")) {
      new Call("", "", pair, Map.of(), new byte[0]).parameters().forEach((name, value) -> pairs.add(Map.entry(name, value)));
    }
    return pairs;
  }

  private static Answer outcome(int status, String code) {
    return Answer.json(status, Map.of("resourceType", "OperationOutcome", "issue", List.of(Map.of("severity", "error", "code", code))));
  }
}
