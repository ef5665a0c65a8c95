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
import java.util.TreeMap;

/** Reads bodies of alerts: one, many in an array, or one a line, in any shape of {@link AlertShapes}. Pure. */
final class AlertParser {
  /** Room for about a hundred alerts with all the entities Sentinel allows (contract 1.1: 64 KB each). */
  static final int LARGEST_BODY = 8 << 20;
  private static final int DEEPEST = 64;

  private final ObjectMapper mapper =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  /** The alerts of a body; throws when the body as a whole is not JSON or not alerts. */
  List<AlertShapes.Found> split(byte[] body) {
    if (body.length > LARGEST_BODY) {
      throw new UnreadableAlertException("TOO_LARGE");
    }
    List<JsonNode> roots = new ArrayList<>();
    try (MappingIterator<JsonNode> values = mapper.readerFor(JsonNode.class).readValues(body)) {
      values.readAll(roots);
    } catch (IOException e) {
      throw new UnreadableAlertException("MALFORMED_JSON");
    }
    List<AlertShapes.Found> found = roots.stream().flatMap(AlertShapes::in).toList();
    boolean isEmpty = roots.isEmpty() || roots.stream().anyMatch(root -> root.isArray() && root.isEmpty());
    if (isEmpty || found.stream().anyMatch(alert -> !alert.json().isObject())) {
      throw new UnreadableAlertException("WRONG_SHAPE");
    }
    return found;
  }

  /** Reads the allow-listed fields; throws {@link EntityGraph.UnreadableEntities} when the entities are not a graph. */
  IncomingAlert read(String id, AlertShapes.Found found) {
    JsonNode json = found.json();
    return switch (found.shape()) {
      case ROW -> AlertReaders.row(id, json, entities(Fields.of(json, "Entities")), raw(json));
      case INCIDENT -> AlertReaders.ofIncident(id, json, raw(json));
      case GRAPH -> AlertReaders.graph(id, json, raw(json));
      case UNKNOWN -> throw new IllegalArgumentException("an alert of unknown shape has no fields");
    };
  }

  private JsonNode entities(JsonNode entities) {
    if (!entities.isTextual()) {
      return entities;
    }
    try {
      return entities.textValue().isBlank() ? mapper.createArrayNode() : mapper.readTree(entities.textValue());
    } catch (JsonProcessingException e) {
      throw new EntityGraph.UnreadableEntities();
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
}
