package io.cordon.channels.pagerduty.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One v3 webhook event, as far as we look at it. Names and notes of people are never read.
 *
 * @param dedupKey the key of our page; null when the event is about something else
 * @param agentId PagerDuty's id of the user who did it; null for an automation
 */
record PageEvent(String id, String type, Instant occurredAt, String dedupKey, String agentId) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern TYPE = Pattern.compile("[a-z_]{1,40}(\\.[a-z_]{1,40}){1,3}");
  private static final Pattern OUR_KEY = Pattern.compile("cordon/[A-Za-z0-9/_-]{1,240}");

  /** The event of this envelope; empty when it is none. */
  static Optional<PageEvent> of(JsonNode envelope) {
    JsonNode event = envelope.path("event");
    String id = event.path("id").asText("");
    String type = event.path("event_type").asText("");
    Optional<Instant> at = instant(event.path("occurred_at").asText(""));
    if (!ID.matcher(id).matches() || !TYPE.matcher(type).matches() || at.isEmpty()) {
      return Optional.empty();
    }
    String key = event.at("/data/incident_key").asText("");
    String agent = event.at("/agent/id").asText("");
    boolean user = event.at("/agent/type").asText("").startsWith("user") && ID.matcher(agent).matches();
    return Optional.of(new PageEvent(id, type, at.get(), OUR_KEY.matcher(key).matches() ? key : null, user ? agent : null));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
