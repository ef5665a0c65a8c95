package io.cordon.channels.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.platform.http.AmbiguousSend;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.platform.http.NotSent;
import io.cordon.platform.http.RestCall;
import java.net.URI;
import java.time.Duration;

/**
 * Cards through a Workflows webhook, where no bot may be registered: one way. Accepted means that the flow started and not that
 * anybody sees the card, and it cannot be replaced, so it carries nothing but facts and the link. Contract teams-pagerduty, section 2.
 */
final class WorkflowWebhook implements ConnectorClient {
  private static final String SERVICE = "teams";
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);
  private static final String HOSTS = ".environment.api.powerplatform.com";

  private final TeamsSettings settings;
  private final JsonHttp http;

  WorkflowWebhook(TeamsSettings settings, JsonHttp http) {
    this.settings = settings;
    this.http = http;
    URI uri = URI.create(settings.workflowUrl());
    boolean allowed = uri.getHost() != null && (uri.getHost().endsWith(HOSTS) || settings.allowedHosts().contains(uri.getHost()));
    if (!"https".equals(uri.getScheme()) || !allowed) {
      throw new IllegalStateException("cordon.teams.workflow-url is not https on a host of Power Platform or on an allowed one");
    }
  }

  @Override
  public PostedCard newThread(String channelId, JsonNode card) {
    send("workflow-card", card);
    return new PostedCard("workflow", channelId);
  }

  @Override
  public PostedCard reply(String conversationId, JsonNode card) {
    send("workflow-card", card);
    return new PostedCard(conversationId, conversationId);
  }

  @Override
  public void say(String conversationId, String text) {
    send("workflow-text", ApprovalCard.ofText(text));
  }

  @Override
  public void replace(String conversationId, String activityId, JsonNode card) {
    // what the webhook posted cannot be changed; its link leads to the page, which shows how things stand
  }

  private void send(String operation, JsonNode card) {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "message");
    message.putArray("attachments").addObject().put("contentType", "application/vnd.microsoft.card.adaptive").putNull("contentUrl").set("content", card);
    JsonResponse response;
    try {
      response = http.exchange(RestCall.post(SERVICE, operation, settings.workflowUrl(), message));
    } catch (NotSent e) {
      throw new ConnectorUnavailable(operation, "not reached");
    } catch (AmbiguousSend e) {
      throw new ConnectorAmbiguous(operation, "no answer");
    }
    if (response.status() == 429) {
      throw new ConnectorThrottled(operation, response.retryAfter().orElse(DEFAULT_WAIT));
    }
    if (response.status() >= 400 && response.status() < 500) {
      throw new ConnectorRejected(operation, response.status(), "Workflow");
    }
    if (!response.isSuccess()) {
      throw new ConnectorUnavailable(operation, "status " + response.status());
    }
  }
}
