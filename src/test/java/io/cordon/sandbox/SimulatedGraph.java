package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Microsoft Graph: people, and the list of alerts_v2, newest first, by time of update. Contract Sentinel/Graph/Arc 2.4, 6 and 8. */
final class SimulatedGraph implements Service {
  static final String AUDIENCE = "https://graph.microsoft.com";
  static final String READ_ALERTS = "SecurityAlert.Read.All";

  private static final String PATH = "/v1.0/security/alerts_v2";
  private static final Pattern FILTER = Pattern.compile("lastUpdateDateTime ge ([^\\s']+)");
  private static final Set<String> OPTIONS = Set.of("$filter", "$top", "$skiptoken");
  private static final int LARGEST_PAGE = 1000;
  /** Members that came after the sentinel member and are hidden from callers who do not ask for them. */
  private static final Set<String> LATER_SOURCES = Set.of("microsoftDefenderForCloud", "microsoftSentinel");

  final SimulatedDirectory directory = new SimulatedDirectory();

  private final SimulatedHunting hunting;
  private final Tokens tokens;
  private final PlacedAlerts alerts;
  private final RateWindows rate;
  private final String base;

  SimulatedGraph(Tokens tokens, RateLimits limits, PlacedAlerts alerts, String base) {
    this.tokens = tokens;
    this.alerts = alerts;
    this.rate = limits.of(new RateWindows.Window(150, Duration.ofMinutes(1)));
    this.hunting = new SimulatedHunting(limits);
    this.base = base;
  }

  @Override
  public String name() {
    return "graph";
  }

  @Override
  public boolean serves(Call call) {
    return call.path().startsWith("/v1.0/");
  }

  @Override
  public Answer answer(Call call) {
    Optional<Map<String, Object>> claims = tokens.check(call.bearer(), AUDIENCE);
    if (claims.isEmpty()) {
      return error(401, "InvalidAuthenticationToken", "Access token validation failure.");
    }
    List<?> granted = claims.get().get("roles") instanceof List<?> roles ? roles : List.of();
    if (directory.serves(call)) {
      return directory.answer(call, granted);
    }
    if (hunting.serves(call)) {
      return call.method().equals("POST") && call.query().isEmpty() ? hunting.answer(call, granted) : Answer.unknown();
    }
    if (!call.method().equals("GET") || !call.path().equals(PATH)) {
      return Answer.unknown();
    }
    if (!granted.contains(READ_ALERTS)) {
      return error(403, "Forbidden", "Missing application role.");
    }
    return rate.refuse("alerts")
        .map(wait -> error(429, "TooManyRequests", "Too many requests.").with("Retry-After", String.valueOf(wait)))
        .orElseGet(() -> listed(call));
  }

  private Answer listed(Call call) {
    Map<String, String> asked = call.parameters();
    Matcher filter = FILTER.matcher(asked.getOrDefault("$filter", ""));
    int top = number(asked.getOrDefault("$top", "100"));
    int skip = number(asked.getOrDefault("$skiptoken", "0"));
    Optional<Instant> since = filter.matches() ? instant(filter.group(1)) : Optional.empty();
    if (!OPTIONS.containsAll(asked.keySet()) || top < 1 || top > LARGEST_PAGE || skip < 0 || since.isEmpty()) {
      return error(400, "BadRequest", "A query option is not understood.");
    }
    boolean knowsAll = call.headers().getOrDefault("prefer", "").contains("include-unknown-enum-members");
    List<JsonNode> all =
        alerts.inGraph().stream()
            .filter(placed -> !placed.at().isBefore(since.get()))
            .sorted(Comparator.comparing(PlacedAlerts.Placed::at).reversed())
            .map(placed -> shown(placed.alert(), knowsAll))
            .toList();
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("@odata.context", "https://graph.microsoft.com/v1.0/$metadata#security/alerts_v2");
    page.put("value", all.stream().skip(skip).limit(top).toList());
    if (all.size() > skip + top) {
      page.put("@odata.nextLink", base + PATH + "?$filter=" + URLEncoder.encode(asked.get("$filter"), StandardCharsets.UTF_8)
          + "&$top=" + top + "&$skiptoken=" + (skip + top));
    }
    return Answer.json(200, page);
  }

  private static JsonNode shown(ObjectNode alert, boolean knowsAll) {
    boolean hidden = !knowsAll && LATER_SOURCES.contains(alert.path("serviceSource").asText());
    return hidden ? alert.deepCopy().put("serviceSource", "unknownFutureValue") : alert;
  }

  private static int number(String text) {
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Answer error(int status, String code, String message) {
    return Answer.json(status, Map.of("error", Map.of("code", code, "message", message, "innerError", Map.of("request-id", "sandbox"))));
  }
}
