package io.cordon.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Finds the alerts in JSON of any shape an outlet of Sentinel sends (Sentinel contract 1, 2.2, 2.4 and 2.5). Pure. */
final class AlertShapes {
  /** ROW: SecurityAlert table or alert trigger. INCIDENT: one alert of an incident. GRAPH: alerts_v2. UNKNOWN: none of them. MALFORMED: a line that is no JSON, as text. */
  enum Shape {
    ROW,
    INCIDENT,
    GRAPH,
    UNKNOWN,
    MALFORMED;

    /** The code of why something of this shape in which no id was found is no alert. */
    String whyNoAlert() {
      return switch (this) {
        case ROW, INCIDENT, GRAPH -> "SYSTEM_ALERT_ID_MISSING";
        case UNKNOWN -> "SHAPE_UNKNOWN";
        case MALFORMED -> "MALFORMED_JSON";
      };
    }
  }

  /** One alert as it came; of an incident also what the incident says around it. */
  record Found(Shape shape, JsonNode json) {
    @Override
    public String toString() {
      return "Found[" + shape + ", [raw]]";
    }
  }

  /** The SecurityAlert table has about forty. */
  private static final int MOST_COLUMNS = 500;
  private static final String INCIDENT_TYPE = "Microsoft.SecurityInsights/Incidents";

  private AlertShapes() {}

  static Stream<Found> in(JsonNode root) {
    if (root.isArray()) {
      return elements(root).flatMap(AlertShapes::in);
    }
    if (root.path("tables").isArray()) {
      return elements(root.path("tables")).flatMap(AlertShapes::rows);
    }
    if (root.path("value").isArray()) {
      return elements(root.path("value")).flatMap(AlertShapes::in);
    }
    if (Fields.of(root.path("object"), "properties").isObject()) {
      return incident(root.path("object"));
    }
    if (INCIDENT_TYPE.equalsIgnoreCase(root.path("type").asText())) {
      return incident(root);
    }
    return Stream.of(new Found(single(root), root));
  }

  private static Shape single(JsonNode alert) {
    if (!Fields.of(alert, "SystemAlertId").isMissingNode()) {
      return Shape.ROW;
    }
    boolean graph = alert.path("id").isTextual() && (alert.path("evidence").isArray() || alert.path("serviceSource").isTextual());
    return graph ? Shape.GRAPH : Shape.UNKNOWN;
  }

  /** A table of the Log Analytics query API: names in one list, values of a row in another. */
  private static Stream<Found> rows(JsonNode table) {
    List<String> columns = elements(table.path("columns")).map(column -> column.path("name").asText()).toList();
    return elements(table.path("rows")).map(row -> columns.size() > MOST_COLUMNS ? new Found(Shape.UNKNOWN, row) : row(columns, row));
  }

  private static Found row(List<String> columns, JsonNode values) {
    ObjectNode alert = JsonNodeFactory.instance.objectNode();
    for (int column = 0; column < columns.size(); column++) {
      alert.set(columns.get(column), values.path(column).isMissingNode() ? alert.nullNode() : values.path(column));
    }
    return new Found(single(alert), alert);
  }

  private static Stream<Found> incident(JsonNode incident) {
    JsonNode properties = Fields.of(incident, "properties");
    JsonNode alerts = Fields.of(properties, "alerts");
    if (!alerts.isArray() || alerts.isEmpty()) {
      return Stream.of(new Found(Shape.UNKNOWN, incident));
    }
    return elements(alerts).map(alert -> {
      ObjectNode one = JsonNodeFactory.instance.objectNode();
      one.set("alert", alert);
      one.put("incident", incident.path("name").asText(null));
      for (String around : List.of("severity", "status", "classification", "relatedEntities", "additionalData")) {
        JsonNode said = Fields.of(properties, around);
        one.set(around, said.isMissingNode() ? one.nullNode() : said);
      }
      return new Found(Shape.INCIDENT, one);
    });
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
