package io.cordon.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.Optional;

/** Reads fields whose names come in more than one spelling (Sentinel contract 2.2). */
final class Fields {
  private Fields() {}

  /** The field of this name in whatever case, or a missing node. */
  static JsonNode of(JsonNode object, String name) {
    JsonNode exact = object.path(name);
    if (!exact.isMissingNode()) {
      return exact;
    }
    return object.properties().stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  /** The first of these fields that is text. */
  static Optional<String> text(JsonNode object, String... names) {
    for (String name : names) {
      JsonNode value = of(object, name);
      if (value.isTextual()) {
        return Optional.of(value.textValue());
      }
    }
    return Optional.empty();
  }
}
