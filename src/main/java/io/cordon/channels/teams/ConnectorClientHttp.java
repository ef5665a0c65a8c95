package io.cordon.channels.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.azure.TokenUnavailable;
import io.cordon.platform.http.AmbiguousSend;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.platform.http.NotSent;
import io.cordon.platform.http.RestCall;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/** The Bot Connector over REST. The token goes to allow-listed hosts over https and nowhere else. */
final class ConnectorClientHttp implements ConnectorClient {
  private static final String SERVICE = "teams";
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);
  private static final Set<Integer> TRY_AGAIN = Set.of(408, 412);

  private final TeamsSettings settings;
  private final JsonHttp http;
  private final AccessTokens tokens;

  ConnectorClientHttp(TeamsSettings settings, JsonHttp http, AccessTokens tokens) {
    this.settings = settings;
    this.http = http;
    this.tokens = tokens;
    if (settings.serviceUrl() != null) {
      requireAllowed(settings);
    }
  }

  @Override
  public PostedCard newThread(String channelId, JsonNode card) {
    String operation = "new-thread";
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("isGroup", true).put("tenantId", settings.tenantId());
    body.putObject("bot").put("id", "28:" + settings.botAppId());
    body.putObject("channelData").putObject("channel").put("id", channelId);
    body.set("activity", activity(card));
    JsonNode answer = send(RestCall.post(SERVICE, operation, url(operation, ""), body)).body();
    String conversation = answer.path("id").textValue();
    String activity = answer.path("activityId").textValue();
    if (conversation == null || activity == null) {
      throw new ConnectorAmbiguous(operation, "unreadable answer");
    }
    return new PostedCard(conversation, activity);
  }

  @Override
  public PostedCard reply(String conversationId, JsonNode card) {
    String operation = "reply";
    String path = "/" + encoded(conversationId) + "/activities";
    String activity = send(RestCall.post(SERVICE, operation, url(operation, path), activity(card))).body().path("id").textValue();
    if (activity == null) {
      throw new ConnectorAmbiguous(operation, "unreadable answer");
    }
    return new PostedCard(conversationId, activity);
  }

  @Override
  public void say(String conversationId, String text) {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "message").put("text", text);
    send(RestCall.post(SERVICE, "say", url("say", "/" + encoded(conversationId) + "/activities"), message));
  }

  @Override
  public void replace(String conversationId, String activityId, JsonNode card) {
    String path = "/" + encoded(conversationId) + "/activities/" + encoded(activityId);
    send(RestCall.put(SERVICE, "replace", url("replace", path), activity(card)));
  }

  private JsonResponse send(RestCall call) {
    JsonResponse response = exchanged(call);
    if (response.isSuccess()) {
      return response;
    }
    if (response.status() == 429) {
      throw new ConnectorThrottled(call.operation(), response.retryAfter().orElse(DEFAULT_WAIT));
    }
    if (response.status() == 401) {
      tokens.forget(settings.scope());
      throw new ConnectorUnavailable(call.operation(), "the access token was refused");
    }
    boolean definite =
        response.status() >= 400 && response.status() < 500 && !TRY_AGAIN.contains(response.status());
    throw definite
        ? new ConnectorRejected(call.operation(), response.status(), code(response.body()))
        : uncertain(call, "status " + response.status());
  }

  private JsonResponse exchanged(RestCall call) {
    try {
      return http.exchange(call.withBearer(tokens.bearer(settings.scope())));
    } catch (TokenUnavailable e) {
      throw new ConnectorUnavailable(call.operation(), "no access token");
    } catch (NotSent e) {
      throw new ConnectorUnavailable(call.operation(), "not reached");
    } catch (AmbiguousSend e) {
      throw uncertain(call, "no answer");
    }
  }

  private static ConnectorException uncertain(RestCall call, String reason) {
    return call.method().equals("PUT")
        ? new ConnectorUnavailable(call.operation(), reason)
        : new ConnectorAmbiguous(call.operation(), reason);
  }

  private String url(String operation, String path) {
    if (settings.serviceUrl() == null) {
      throw new ConnectorRejected(operation, 0, "NotConfigured");
    }
    return settings.serviceUrl() + "/v3/conversations" + path;
  }

  private static ObjectNode activity(JsonNode card) {
    ObjectNode activity = JsonNodeFactory.instance.objectNode().put("type", "message");
    activity.put("summary", "Clinical approval");
    activity
        .putArray("attachments")
        .addObject()
        .put("contentType", "application/vnd.microsoft.card.adaptive")
        .set("content", card);
    return activity;
  }

  private static String code(JsonNode body) {
    String code = body.path("error").path("code").asText(body.path("errorCode").asText(""));
    return code.matches("[A-Za-z0-9]{1,64}") ? code : "Unknown";
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static void requireAllowed(TeamsSettings settings) {
    URI uri = URI.create(settings.serviceUrl());
    if (!"https".equals(uri.getScheme()) || !settings.allowedHosts().contains(uri.getHost())) {
      throw new IllegalStateException("cordon.teams.service-url is not https on an allowed host");
    }
  }
}
