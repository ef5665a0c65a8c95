package io.cordon.channels.teams.answers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Bot Framework activity as Teams sends it; the few fields we look at. Contract teams-pagerduty, section 1.5. */
record Activity(JsonNode json) {
  private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  String channelId() {
    return json.path("channelId").asText("");
  }

  String serviceUrl() {
    return json.path("serviceUrl").asText("");
  }

  boolean isFor(String botAppId) {
    return ("28:" + botAppId).equals(json.at("/recipient/id").asText());
  }

  /** Both places must name the tenant. */
  boolean isOfTenant(String tenantId) {
    return tenantId != null
        && tenantId.equals(json.at("/channelData/tenant/id").asText())
        && tenantId.equals(json.at("/conversation/tenantId").asText());
  }

  boolean isCardAction() {
    return isInvoke() && "adaptiveCard/action".equals(json.path("name").asText());
  }

  boolean isInvoke() {
    return "invoke".equals(json.path("type").asText());
  }

  /** What old clients send for a button: a message whose value is the button's data and that has no verb of its own. */
  boolean isSubmit() {
    return "message".equals(json.path("type").asText()) && json.path("value").hasNonNull("approvalId");
  }

  /** The person's object id in lower case; a name or a Teams id never stands in for it. */
  Optional<String> personObjectId() {
    String oid = json.at("/from/aadObjectId").asText("").toLowerCase(Locale.ROOT);
    return OBJECT_ID.matcher(oid).matches() ? Optional.of(oid) : Optional.empty();
  }

  String conversationId() {
    return json.at("/conversation/id").asText("");
  }

  /** The channel the thread belongs to. */
  String channelOfThread() {
    String id = conversationId();
    int thread = id.indexOf(";messageid=");
    return thread < 0 ? id : id.substring(0, thread);
  }

  /** The card that was pressed. */
  String cardId() {
    return json.path("replyToId").asText("");
  }

  String id() {
    return json.path("id").asText("");
  }

  @Override
  public String toString() {
    return "Activity[" + json.path("type").getNodeType() + ", [raw]]";
  }
}
