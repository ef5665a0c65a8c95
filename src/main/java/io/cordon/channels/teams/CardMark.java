package io.cordon.channels.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.platform.mode.OperatingMode;

/** Says on every card, first of all, when it is not the real thing. */
public final class CardMark {
  private final OperatingMode mode;

  public CardMark(OperatingMode mode) {
    this.mode = mode;
  }

  /** The card with its mark. */
  public JsonNode on(JsonNode card) {
    if (!mode.isMarked() || !(card.get("body") instanceof ArrayNode)) {
      return card;
    }
    ObjectNode marked = card.deepCopy();
    ((ArrayNode) marked.get("body")).insertObject(0)
        .put("type", "TextBlock").put("text", sentence()).put("wrap", true).put("weight", "Bolder").put("color", "Warning");
    return marked;
  }

  /** The sentence with its mark. */
  String on(String text) {
    return mode.isMarked() ? mode + ": " + text : text;
  }

  private String sentence() {
    return switch (mode) {
      case SHADOW -> "SHADOW: Cordon only looks on. Whatever you answer, nothing is done to the server and nobody is paged.";
      case DRILL -> "DRILL: this is an exercise. Pages are real, and so is what is done to the server once you approve.";
      case LIVE -> "";
    };
  }
}
