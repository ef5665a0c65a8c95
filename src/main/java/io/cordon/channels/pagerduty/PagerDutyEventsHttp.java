package io.cordon.channels.pagerduty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.platform.http.AmbiguousSend;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.platform.http.NotSent;
import io.cordon.platform.http.RestCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Events API v2 over HTTP; the routing key travels in the body and nowhere else. */
final class PagerDutyEventsHttp implements PagerDutyEvents {
  private static final int MAX_BYTES = 512 * 1024;
  private static final Duration DEFAULT_WAIT = Duration.ofMinutes(1);

  private final PagerDutySettings settings;
  private final JsonHttp http;

  PagerDutyEventsHttp(PagerDutySettings settings, JsonHttp http) {
    this.settings = settings;
    this.http = http;
  }

  @Override
  public void trigger(PageRequest page) {
    ObjectNode event = event("trigger", page.service(), page.dedupKey());
    ObjectNode payload =
        event
            .putObject("payload")
            .put("summary", page.summary())
            .put("source", page.source())
            .put("severity", page.severity().name().toLowerCase(Locale.ROOT));
    ObjectNode details = payload.putObject("custom_details");
    page.details().forEach(details::put);
    ArrayNode links = event.put("client", "Cordon").putArray("links");
    page.links().forEach(link -> links.addObject().put("href", link.href().toString()).put("text", link.text()));
    send("trigger", event);
  }

  @Override
  public void resolve(String service, String dedupKey) {
    send("resolve", event("resolve", service, PageRequest.within("dedupKey", dedupKey, 255)));
  }

  private ObjectNode event(String action, String service, String dedupKey) {
    String key = settings.routingKeyOf(service);
    if (key == null) {
      throw new PagerDutyRejected(action, 0, "no routing key for this service");
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("routing_key", key)
        .put("event_action", action)
        .put("dedup_key", dedupKey);
  }

  private void send(String operation, ObjectNode event) {
    if (event.toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new PagerDutyRejected(operation, 0, "event above 512 KB");
    }
    JsonResponse response = exchanged(operation, event);
    if (response.status() == 429) {
      throw new PagerDutyThrottled(operation, response.retryAfter().orElse(DEFAULT_WAIT));
    }
    if (response.status() >= 400 && response.status() < 500 && response.status() != 408) {
      throw new PagerDutyRejected(operation, response.status(), "status " + response.status());
    }
    if (!response.isSuccess() || !"success".equals(response.body().path("status").asText())) {
      throw new PagerDutyUnavailable(operation, "status " + response.status() + " without success");
    }
  }

  private JsonResponse exchanged(String operation, ObjectNode event) {
    try {
      return http.exchange(RestCall.post("pagerduty", operation, settings.eventsUrl() + "/v2/enqueue", event));
    } catch (NotSent e) {
      throw new PagerDutyUnavailable(operation, "not reached");
    } catch (AmbiguousSend e) {
      throw new PagerDutyUnavailable(operation, "no answer");
    }
  }
}
