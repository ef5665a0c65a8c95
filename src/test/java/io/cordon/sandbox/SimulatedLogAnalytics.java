package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The query API of one Log Analytics workspace, which holds SecurityAlert and no other table. Contract Sentinel/Graph/Arc 2.5. */
final class SimulatedLogAnalytics implements Service {
  static final String AUDIENCE = "https://api.loganalytics.io";
  static final String READ = "Data.Read";
  static final String WORKSPACE = "66666666-6666-4666-8666-666666666666";

  private static final String PATH = "/v1/workspaces/";

  private final Tokens tokens;
  private final PlacedAlerts alerts;
  private final RateWindows rate;

  SimulatedLogAnalytics(Tokens tokens, RateLimits limits, PlacedAlerts alerts) {
    this.tokens = tokens;
    this.alerts = alerts;
    this.rate = limits.of(new RateWindows.Window(200, Duration.ofSeconds(30)));
  }

  @Override
  public String name() {
    return "loganalytics";
  }

  @Override
  public boolean serves(Call call) {
    return call.path().startsWith(PATH);
  }

  @Override
  public Answer answer(Call call) {
    Optional<Map<String, Object>> claims = tokens.check(call.bearer(), AUDIENCE);
    if (claims.isEmpty()) {
      return error(401, "InvalidTokenError", "the token is missing, expired or for something else");
    }
    if (!(claims.get().get("roles") instanceof List<?> roles && roles.contains(READ)) || !call.path().equals(PATH + WORKSPACE + "/query")) {
      return error(403, "InsufficientAccessError", "the workspace cannot be read with this token");
    }
    if (!call.method().equals("POST") || !call.query().isEmpty() || !isKnown(call)) {
      return Answer.unknown();
    }
    return rate.refuse("query")
        .map(wait -> error(429, "ThrottledError", "too many queries").with("Retry-After", String.valueOf(wait)))
        .orElseGet(() -> SecurityAlertQuery.of(call.json().path("query").asText())
            .map(query -> Answer.json(200, query.run(alerts.rows())))
            .orElseGet(() -> error(400, "BadArgumentError", "a part of the query is not understood")));
  }

  private static boolean isKnown(Call call) {
    JsonNode body = call.json();
    return body.size() == 1 && body.path("query").isTextual() && call.headers().getOrDefault("prefer", "wait=180").matches("wait=\\d{1,3}");
  }

  private static Answer error(int status, String code, String message) {
    return Answer.json(status, Map.of("error", Map.of("code", code, "message", message)));
  }
}
