package io.cordon.containment.mde;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads MDE's entities. Empty when the parts we rely on are missing or of another type; tolerant of the rest. */
final class MdeJson {
  private static final String UNKNOWN = "Unknown";

  private MdeJson() {}

  static Optional<MachineAction> action(JsonNode node) {
    if (!isText(node, "id") || !isText(node, "type") || !isText(node, "status") || !isText(node, "machineId")) {
      return Optional.empty();
    }
    return Optional.of(
        new MachineAction(
            node.path("id").textValue(),
            node.path("type").textValue(),
            node.path("status").textValue(),
            node.path("scope").textValue(),
            node.path("machineId").textValue(),
            node.path("requestor").textValue(),
            node.path("requestorComment").textValue(),
            instant(node.path("creationDateTimeUtc")),
            instant(node.has("lastUpdateDateTimeUtc")
                ? node.path("lastUpdateDateTimeUtc")
                : node.path("lastUpdateTimeUtc")),
            node.path("errorHResult").asLong(0)));
  }

  static Optional<MdeMachine> machine(JsonNode node) {
    if (!isText(node, "id")) {
      return Optional.empty();
    }
    return Optional.of(
        new MdeMachine(
            node.path("id").textValue(),
            node.path("computerDnsName").textValue(),
            text(node, "osPlatform"),
            text(node, "osVersion"),
            text(node, "healthStatus"),
            text(node, "onboardingStatus"),
            instant(node.path("lastSeen")),
            text(node, "agentVersion"),
            node.path("mergedIntoMachineId").textValue(),
            texts(node.path("machineTags"))));
  }

  private static boolean isText(JsonNode node, String field) {
    String value = node.path(field).textValue();
    return value != null && !value.isBlank();
  }

  private static String text(JsonNode node, String field) {
    return isText(node, field) ? node.path(field).textValue() : UNKNOWN;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> Optional.ofNullable(item.textValue()).ifPresent(texts::add));
    return texts;
  }

  private static Instant instant(JsonNode node) {
    try {
      return node.textValue() == null ? null : Instant.parse(node.textValue());
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
