package io.cordon.channels.teams.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The answer to the Connector. For a pressed button the client reads the status inside the body; contract teams-pagerduty,
 * section 1.5.
 *
 * @param status of HTTP
 * @param body null for none
 */
public record Reply(int status, JsonNode body) {
  static Reply empty(int status) {
    return new Reply(status, null);
  }

  /** A sentence for whoever pressed. */
  static Reply message(String text) {
    return new Reply(200, envelope(200, "application/vnd.microsoft.activity.message").put("value", text));
  }

  /** A card in place of the one that was pressed, for this person only. */
  static Reply card(JsonNode card) {
    ObjectNode body = envelope(200, "application/vnd.microsoft.card.adaptive");
    body.set("value", card);
    return new Reply(200, body);
  }

  /** Not one of our buttons; a fixed text. */
  static Reply notUnderstood(String text) {
    ObjectNode body = envelope(400, "application/vnd.microsoft.error");
    body.putObject("value").put("code", "BadRequest").put("message", text);
    return new Reply(200, body);
  }

  private static ObjectNode envelope(int status, String type) {
    return JsonNodeFactory.instance.objectNode().put("statusCode", status).put("type", type);
  }

  @Override
  public String toString() {
    return "Reply[" + status + ", [raw]]";
  }
}
