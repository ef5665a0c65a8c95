package io.cordon.alerts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads bodies of alerts: one, many in an array, or one a line, in any shape of {@link AlertShapes}. Pure. */
final class AlertParser {
  /** Room for about a hundred alerts with all the entities Sentinel allows (contract 1.1: 64 KB each). */
  static final int LARGEST_BODY = 8 << 20;
  private static final int DEEPEST = 64;

  /** What a body of the largest size holds at most when it is alerts; keeps the tree that is read from it in bounds. */
  private static final long MOST_TOKENS = 1_000_000;
  /** Every alert is a transaction of its own, and the sender waits for all of them. */
  static final int MOST_ALERTS = 1_000;
  /** Each alert of an incident is sealed with all of the incident's entities. */
  private static final long MOST_SEALED = 256L << 20;

  private final ObjectMapper mapper =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxTokenCount(MOST_TOKENS).build())
              .build());
  /** Same content, same bytes; half a surrogate pair, which no charset can write, stays an escape. */
  private final ObjectWriter canonical =
      mapper.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).with(JsonWriteFeature.ESCAPE_NON_ASCII);

  /** The alerts of a body; throws when the body as a whole is not JSON, not alerts or too large. */
  List<AlertShapes.Found> split(byte[] body) {
    if (body.length > LARGEST_BODY) {
      throw new UnreadableAlertException("TOO_LARGE");
    }
    List<JsonNode> roots = roots(body);
    boolean isEmpty = roots.stream().allMatch(root -> root.isArray() && root.isEmpty());
    if (isEmpty) {
      throw new UnreadableAlertException("WRONG_SHAPE");
    }
    return checked(roots.stream().flatMap(AlertShapes::in).limit(MOST_ALERTS + 1).toList(), body.length);
  }

  /** The same, but of a body that is not JSON as a whole those lines that are; the others are found as malformed. */
  List<AlertShapes.Found> splitLines(byte[] body) {
    try {
      return split(body);
    } catch (UnreadableAlertException e) {
      List<AlertShapes.Found> found = "MALFORMED_JSON".equals(e.code()) ? lines(body) : List.of();
      if (found.stream().allMatch(one -> one.shape() == AlertShapes.Shape.MALFORMED)) {
        throw e;
      }
      return checked(found, body.length);
    }
  }

  private static List<AlertShapes.Found> checked(List<AlertShapes.Found> found, int bytes) {
    long ofIncidents = found.stream().filter(alert -> alert.shape() == AlertShapes.Shape.INCIDENT).count();
    if (found.size() > MOST_ALERTS || ofIncidents * bytes > MOST_SEALED) {
      throw new UnreadableAlertException("TOO_LARGE");
    }
    if (!found.isEmpty() && found.stream().noneMatch(alert -> alert.json().isObject())) {
      throw new UnreadableAlertException("WRONG_SHAPE");
    }
    return found;
  }

  private List<JsonNode> roots(byte[] body) {
    List<JsonNode> roots = new ArrayList<>();
    JsonParser values = null;
    try {
      values = mapper.createParser(body);
      readTo(roots, values);
    } catch (IOException e) {
      throw new UnreadableAlertException(values != null && values.currentTokenCount() > MOST_TOKENS ? "TOO_LARGE" : "MALFORMED_JSON");
    }
    return roots;
  }

  private static void readTo(List<JsonNode> roots, JsonParser values) throws IOException {
    while (values.nextToken() != null) {
      roots.add(values.readValueAsTree());
    }
  }

  private List<AlertShapes.Found> lines(byte[] body) {
    List<AlertShapes.Found> found = new ArrayList<>();
    long tokens = 0;
    int to;
    for (int from = 0; from < body.length; from = to + 1) {
      to = from;
      while (to < body.length && body[to] != '\n') {
        to++;
      }
      tokens += line(Arrays.copyOfRange(body, from, to), found);
      if (tokens > MOST_TOKENS || found.size() > MOST_ALERTS) {
        throw new UnreadableAlertException("TOO_LARGE");
      }
    }
    return found;
  }

  /** Adds what is in a line, all of it or nothing; returns the number of its tokens. */
  private long line(byte[] line, List<AlertShapes.Found> found) {
    List<JsonNode> roots = new ArrayList<>();
    JsonParser values = null;
    try {
      values = mapper.createParser(line);
      readTo(roots, values);
      roots.stream().flatMap(AlertShapes::in).limit(MOST_ALERTS + 1).forEach(found::add);
    } catch (IOException e) {
      found.add(new AlertShapes.Found(AlertShapes.Shape.MALFORMED, TextNode.valueOf(new String(line, StandardCharsets.UTF_8))));
    }
    return values == null ? 0 : values.currentTokenCount();
  }

  /** Reads the allow-listed fields; throws {@link EntityGraph.UnreadableEntities} when the entities are not a graph. */
  IncomingAlert read(String id, AlertShapes.Found found, byte[] raw) {
    JsonNode json = found.json();
    return switch (found.shape()) {
      case ROW -> AlertReaders.row(id, json, entities(Fields.of(json, "Entities")), raw);
      case INCIDENT -> AlertReaders.ofIncident(id, json, raw);
      case GRAPH -> AlertReaders.graph(id, json, raw);
      case UNKNOWN, MALFORMED -> throw new IllegalArgumentException("an alert of unknown shape has no fields");
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
      return canonical.writeValueAsBytes(mapper.treeToValue(alert, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read as JSON cannot be written as JSON");
    }
  }
}
