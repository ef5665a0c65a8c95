package io.cordon.alerts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads SecurityAlert rows and Logic App alert-trigger bodies, one, many in an array, or one a line. Pure. */
final class AlertParser {
  static final int LARGEST_BODY = 1 << 20;
  private static final int DEEPEST = 40;
  /** Mostly a GUID, in real rows also {@code <ticks>_<guid>}; anything longer or with other signs is no id. */
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z_.-]{8,128}");
  private static final Map<String, String> DETECTORS =
      Map.of(
          "MDATP", "Defender for Endpoint",
          "Azure Security Center", "Defender for Cloud",
          "ASI Scheduled Alerts", "Sentinel analytics rule");
  private static final List<String> SEVERITIES = List.of("High", "Medium", "Low", "Informational");

  private final ObjectMapper mapper =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  /** The alerts of a body as JSON objects; throws when the body as a whole is not JSON or not alerts. */
  List<JsonNode> split(byte[] body) {
    if (body.length > LARGEST_BODY) {
      throw new UnreadableAlertException("TOO_LARGE");
    }
    List<JsonNode> alerts = new ArrayList<>();
    try (MappingIterator<JsonNode> roots = mapper.readerFor(JsonNode.class).readValues(body)) {
      while (roots.hasNextValue()) {
        JsonNode root = roots.nextValue();
        (root.isArray() ? root : List.of(root)).forEach(alerts::add);
      }
    } catch (IOException e) {
      throw new UnreadableAlertException("MALFORMED_JSON");
    }
    if (alerts.isEmpty() || alerts.stream().anyMatch(alert -> !alert.isObject())) {
      throw new UnreadableAlertException("WRONG_SHAPE");
    }
    return alerts;
  }

  /** The alert's id when it is one; an alert without is quarantined. */
  static Optional<String> id(JsonNode alert) {
    JsonNode id = alert.path("SystemAlertId");
    return id.isTextual() && ID.matcher(id.textValue()).matches()
        ? Optional.of(id.textValue().toLowerCase(java.util.Locale.ROOT))
        : Optional.empty();
  }

  /** Reads the allow-listed fields; throws {@link HostEntities.UnreadableEntities} when the entities are not a graph. */
  IncomingAlert read(String systemAlertId, JsonNode alert) {
    String severity = text(alert, "AlertSeverity", "Severity");
    return new IncomingAlert(
        systemAlertId,
        SEVERITIES.contains(severity) ? severity : "UNKNOWN",
        DETECTORS.getOrDefault(text(alert, "ProviderName"), "Other"),
        HostEntities.aliases(entities(alert.path("Entities")), text(alert, "ResourceId")),
        raw(alert));
  }

  private JsonNode entities(JsonNode entities) {
    if (!entities.isTextual()) {
      return entities;
    }
    try {
      return entities.textValue().isBlank() ? mapper.createArrayNode() : mapper.readTree(entities.textValue());
    } catch (JsonProcessingException e) {
      throw new HostEntities.UnreadableEntities();
    }
  }

  /** The alert's bytes with its keys in order, so that the same content always gives the same fingerprint. */
  byte[] raw(JsonNode alert) {
    try {
      return mapper
          .writer()
          .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .writeValueAsBytes(mapper.convertValue(alert, TreeMap.class));
    } catch (JsonProcessingException e) {
      throw new UnreadableAlertException("WRONG_SHAPE");
    }
  }

  private static String text(JsonNode alert, String... names) {
    for (String name : names) {
      if (alert.path(name).isTextual()) {
        return alert.path(name).textValue();
      }
    }
    return "";
  }
}
