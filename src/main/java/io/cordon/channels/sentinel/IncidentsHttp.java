package io.cordon.channels.sentinel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.azure.ArmSettings;
import io.cordon.platform.azure.TokenUnavailable;
import io.cordon.platform.http.AmbiguousSend;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.platform.http.NotSent;
import io.cordon.platform.http.RestCall;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Incidents over ARM. A PUT replaces the whole incident, so it carries the etag of what was read and everything that was in it. */
final class IncidentsHttp implements Incidents {
  private static final String SERVICE = "arm";
  private static final String API = "?api-version=2025-09-01";
  private static final Set<Integer> TRY_AGAIN = Set.of(408, 409, 412);

  /** What of an incident may be written back; the rest is Sentinel's own. */
  private static final List<String> WRITABLE =
      List.of("title", "severity", "status", "description", "classification", "classificationComment", "classificationReason", "owner", "labels",
          "firstActivityTimeUtc", "lastActivityTimeUtc");

  private final SentinelSettings settings;
  private final ArmSettings arm;
  private final JsonHttp http;
  private final AccessTokens tokens;

  IncidentsHttp(SentinelSettings settings, ArmSettings arm, JsonHttp http, AccessTokens tokens) {
    this.settings = settings;
    this.arm = arm;
    this.http = http;
    this.tokens = tokens;
  }

  @Override
  public void comment(UUID incidentId, UUID commentId, String text) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("properties").put("message", text.length() <= LONGEST ? text : text.substring(0, LONGEST));
    send(RestCall.put(SERVICE, "incident-comment", url(incidentId) + "/comments/" + commentId + API, body));
  }

  @Override
  public void activate(UUID incidentId) {
    JsonNode incident = send(RestCall.get(SERVICE, "incident", url(incidentId) + API));
    if (!"New".equals(incident.at("/properties/status").asText())) {
      return;
    }
    if (!incident.path("etag").isTextual()) {
      throw new SentinelUnavailable("incident", "no etag", null);
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("etag", incident.path("etag").asText());
    ObjectNode properties = body.putObject("properties");
    WRITABLE.stream().filter(incident.path("properties")::has).forEach(name -> properties.set(name, incident.path("properties").get(name)));
    properties.put("status", "Active");
    send(RestCall.put(SERVICE, "incident-status", url(incidentId) + API, body));
  }

  private String url(UUID incidentId) {
    return arm.baseUrl().replaceAll("/+$", "") + settings.workspace() + "/providers/Microsoft.SecurityInsights/incidents/" + incidentId;
  }

  private JsonNode send(RestCall call) {
    JsonResponse response;
    try {
      response = http.exchange(call.withBearer(tokens.bearer(arm.scope())));
    } catch (TokenUnavailable | NotSent | AmbiguousSend e) {
      throw new SentinelUnavailable(call.operation(), e.getClass().getSimpleName(), null);
    }
    if (response.isSuccess()) {
      return response.body();
    }
    if (response.status() == 401) {
      tokens.forget(arm.scope());
    }
    boolean definite = response.status() >= 400 && response.status() < 500 && response.status() != 401 && response.status() != 429 && !TRY_AGAIN.contains(response.status());
    if (definite) {
      throw new SentinelRejected(call.operation(), response.status());
    }
    throw new SentinelUnavailable(call.operation(), "status " + response.status(), response.retryAfter().orElse(null));
  }
}
