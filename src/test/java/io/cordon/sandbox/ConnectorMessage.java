package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Connector takes as a message: text, or a card that Teams can show. Contract Teams/PagerDuty 1.3, 1.5 and 11.3. */
final class ConnectorMessage {
  private static final String CARD = "application/vnd.microsoft.card.adaptive";
  private static final Pattern VERSION = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})");

  private ConnectorMessage() {}

  static boolean isGood(JsonNode activity) {
    boolean hasText = !activity.path("text").asText("").isBlank();
    return "message".equals(activity.path("type").asText()) && (hasCard(activity) || hasText && activity.path("attachments").isEmpty());
  }

  /** Whether it carries a card, and one that Teams can show. */
  static boolean hasCard(JsonNode activity) {
    JsonNode card = card(activity);
    return CARD.equals(activity.at("/attachments/0/contentType").asText())
        && "AdaptiveCard".equals(card.path("type").asText())
        && isShown(card.path("version").asText(""))
        && !executesOutsideAnActionSet(card, false);
  }

  static JsonNode card(JsonNode activity) {
    return activity.at("/attachments/0/content");
  }

  // 1.10 is newer than 1.5
  private static boolean isShown(String version) {
    Matcher numbers = VERSION.matcher(version);
    return numbers.matches() && numbers.group(1).equals("1") && Integer.parseInt(numbers.group(2)) <= 5;
  }

  private static boolean executesOutsideAnActionSet(JsonNode node, boolean inside) {
    if (node.path("type").asText().equals("Action.Execute") && !inside) {
      return true;
    }
    boolean isSet = node.path("type").asText().equals("ActionSet");
    for (var fields = node.fields(); fields.hasNext(); ) {
      var field = fields.next();
      if (field.getKey().equals("refresh")) {
        continue; // what the client runs by itself is no button
      }
      boolean within = isSet && field.getKey().equals("actions");
      if (field.getValue().isArray()) {
        for (JsonNode element : field.getValue()) {
          if (executesOutsideAnActionSet(element, within)) {
            return true;
          }
        }
      } else if (executesOutsideAnActionSet(field.getValue(), false)) {
        return true;
      }
    }
    return false;
  }
}
