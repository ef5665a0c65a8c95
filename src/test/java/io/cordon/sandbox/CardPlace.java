package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A card where it hangs. What a client can press on it, and what it sends for that. */
record CardPlace(String conversation, String activity, JsonNode card) {

  /** The action of this verb anywhere on the card, the automatic refresh among them. */
  Optional<JsonNode> action(String verb) {
    return card.findParents("verb").stream()
        .filter(node -> "Action.Execute".equals(node.path("type").asText()) && verb.equalsIgnoreCase(node.path("verb").asText()))
        .findFirst();
  }

  /** The data of the button with every input's value, as typed or as it was preset. */
  ObjectNode data(JsonNode action, JsonNode typed) {
    ObjectNode data = action.path("data").isObject() ? action.path("data").deepCopy() : Call.JSON.createObjectNode();
    inputs().forEach(input -> {
      String id = input.path("id").asText();
      if (typed.has(id)) {
        data.put(id, typed.path(id).asText());
      } else if (input.has("value")) {
        data.put(id, input.path("value").asText());
      }
    });
    return data;
  }

  /** The inputs of the card. */
  List<JsonNode> inputs() {
    List<JsonNode> inputs = new ArrayList<>();
    card.path("body").forEach(element -> {
      if (element.path("type").asText().startsWith("Input.")) {
        inputs.add(element);
      }
    });
    return inputs;
  }

  /** Whether it still asks about this request. */
  boolean isAbout(String approvalId) {
    return card.toString().contains(approvalId);
  }
}
