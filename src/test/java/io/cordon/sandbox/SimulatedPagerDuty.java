package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** PagerDuty Events v2. Contract Teams/PagerDuty 7 and 11.8. */
final class SimulatedPagerDuty implements Service {
  /** What makes two events one alert. */
  record Key(String routingKey, String dedupKey) {}

  private static final int LARGEST_BYTES = 512 * 1024;

  private final RateWindows rate;
  private final Map<Key, String> alerts = new LinkedHashMap<>();

  SimulatedPagerDuty(RateLimits limits) {
    this.rate = limits.of(new RateWindows.Window(120, Duration.ofMinutes(1)));
  }

  @Override
  public String name() {
    return "pagerduty";
  }

  @Override
  public boolean serves(Call call) {
    return call.path().equals("/v2/enqueue");
  }

  @Override
  public synchronized Answer answer(Call call) {
    JsonNode event = call.json();
    List<String> errors = errors(event);
    check(errors, call.body().length <= LARGEST_BYTES, "the event is at most 512 KB");
    if (!call.method().equals("POST") || !errors.isEmpty()) {
      return Answer.json(400, Map.of("status", "invalid event", "message", "Event object is invalid", "errors", errors));
    }
    return rate.refuse(event.path("routing_key").asText()).map(SimulatedPagerDuty::throttled).orElseGet(() -> taken(event));
  }

  private static Answer throttled(long seconds) {
    return Answer.json(429, Map.of("status", "throttled", "message", "Too many events")).with("Retry-After", Long.toString(seconds));
  }

  private Answer taken(JsonNode event) {
    String dedup = event.path("dedup_key").asText(UUID.randomUUID().toString());
    Key key = new Key(event.path("routing_key").asText(), dedup);
    switch (event.path("event_action").asText()) {
      case "trigger" -> alerts.merge(key, "triggered", (old, now) -> "resolved".equals(old) ? now : old);
      case "acknowledge" -> alerts.computeIfPresent(key, (k, old) -> "resolved".equals(old) ? old : "acknowledged");
      default -> alerts.computeIfPresent(key, (k, old) -> "resolved");
    }
    return Answer.json(202, Map.of("status", "success", "message", "Event processed", "dedup_key", dedup));
  }

  private static List<String> errors(JsonNode event) {
    List<String> errors = new ArrayList<>();
    String action = event.path("event_action").asText();
    check(errors, event.path("routing_key").asText().length() == 32, "routing_key has 32 characters");
    check(errors, Set.of("trigger", "acknowledge", "resolve").contains(action), "event_action is trigger, acknowledge or resolve");
    check(errors, event.path("dedup_key").asText("").length() <= 255, "dedup_key is at most 255 long");
    check(errors, action.equals("trigger") || event.path("dedup_key").isTextual(), "dedup_key is required");
    if (action.equals("trigger")) {
      JsonNode payload = event.path("payload");
      check(errors, payload.path("summary").isTextual() && payload.path("summary").asText().length() <= 1024, "summary is required");
      check(errors, payload.path("source").isTextual(), "source is required");
      check(errors, Set.of("critical", "error", "warning", "info").contains(payload.path("severity").asText()), "severity is unknown");
    }
    return errors;
  }

  private static void check(List<String> errors, boolean good, String rule) {
    if (!good) {
      errors.add(rule);
    }
  }

  /** State of every alert. */
  synchronized Map<Key, String> alerts() {
    return new LinkedHashMap<>(alerts);
  }
}
