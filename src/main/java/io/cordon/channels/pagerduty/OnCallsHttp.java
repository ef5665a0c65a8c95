package io.cordon.channels.pagerduty;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.platform.http.AmbiguousSend;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.platform.http.NotSent;
import io.cordon.platform.http.RestCall;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** REST API v2 over HTTP. What cannot be read is not known, and nothing waits for it. */
final class OnCallsHttp implements OnCalls {
  private static final Logger LOG = LoggerFactory.getLogger(OnCallsHttp.class);
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final Duration NOT_ASKED_AGAIN = Duration.ofSeconds(10);

  private final OnCallSettings settings;
  private final JsonHttp http;
  private final Clock clock;
  private final Map<String, Read> kept = new ConcurrentHashMap<>();

  OnCallsHttp(OnCallSettings settings, JsonHttp http, Clock clock) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
  }

  /** An answer, also that there was none: a page that many look at does not ask for each of them. */
  private record Read(List<OnCall> who, Instant until) {}

  @Override
  public List<OnCall> now(String clinicalService) {
    String policy = clinicalService == null ? null : settings.escalationPolicies().get(clinicalService);
    if (policy == null || settings.apiKey() == null) {
      return List.of();
    }
    Read held = kept.get(policy);
    if (held == null || !clock.instant().isBefore(held.until())) {
      held = ask(policy)
          .map(who -> new Read(who, clock.instant().plus(KEPT)))
          .orElseGet(() -> new Read(List.of(), clock.instant().plus(NOT_ASKED_AGAIN)));
      kept.put(policy, held);
    }
    return held.who();
  }

  private Optional<List<OnCall>> ask(String policy) {
    String url = settings.apiUrl() + "/oncalls?escalation_policy_ids[]=" + policy + "&earliest=true&limit=100";
    Map<String, String> headers =
        Map.of("Authorization", "Token token=" + settings.apiKey(), "Accept", "application/vnd.pagerduty+json;version=2");
    try {
      JsonResponse response = http.exchange(new RestCall("pagerduty", "oncalls", "GET", url, null, headers, null));
      if (response.isSuccess() && response.body().path("oncalls").isArray()) {
        return Optional.of(onCalls(response.body().path("oncalls")));
      }
      LOG.warn("who is on call could not be read from PagerDuty (status {})", response.status());
    } catch (NotSent | AmbiguousSend e) {
      LOG.warn("who is on call could not be read from PagerDuty (no answer)");
    }
    return Optional.empty();
  }

  private static List<OnCall> onCalls(JsonNode entries) {
    List<OnCall> found = new ArrayList<>();
    for (JsonNode entry : entries) {
      String name = entry.at("/user/summary").asText(entry.at("/user/name").asText(""));
      if (!name.isBlank() && entry.path("escalation_level").canConvertToInt()) {
        found.add(new OnCall(entry.path("escalation_level").asInt(), name, instant(entry.path("end").asText(""))));
      }
    }
    found.sort(Comparator.comparingInt(OnCall::level));
    return List.copyOf(found);
  }

  /** Without an end the shift has none. */
  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
