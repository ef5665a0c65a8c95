package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The alerts that can be asked for at Log Analytics and Graph; placed there by tests and people. */
final class PlacedAlerts {
  /** One version of an alert and when the service got it. */
  record Placed(ObjectNode alert, Instant at) {}

  private final List<Placed> rows = new ArrayList<>();
  private final List<Placed> graph = new ArrayList<>();
  private final Clock clock;
  private final Devices devices;

  PlacedAlerts(Clock clock, Devices devices) {
    this.clock = clock;
    this.devices = devices;
  }

  /** Places {@code {"service","alert"}} as it is, or for {@code {"service","device"}} a sample; false for anything else. */
  boolean place(JsonNode asked) {
    boolean toGraph = asked.path("service").asText().equals("graph");
    if (!toGraph && !asked.path("service").asText().equals("loganalytics") || asked.size() != 2) {
      return false;
    }
    Optional<Devices.Device> device = devices.named(asked.path("device").asText());
    JsonNode alert = device.<JsonNode>map(machine -> toGraph ? graphSample(machine) : rowSample(machine)).orElse(asked.path("alert"));
    if (!(alert instanceof ObjectNode object)) {
      return false;
    }
    if (toGraph) {
      placeInGraph(object);
    } else {
      placeRow(object);
    }
    return true;
  }

  /** A row of SecurityAlert; ingested now. An alert has a row for each of its updates. */
  synchronized void placeRow(ObjectNode row) {
    rows.add(new Placed(row, clock.instant()));
  }

  /** An alert of Graph, in place of an older version of it; updated now. */
  synchronized void placeInGraph(ObjectNode alert) {
    alert.put("lastUpdateDateTime", clock.instant().toString());
    graph.removeIf(placed -> placed.alert().path("id").equals(alert.path("id")));
    graph.add(new Placed(alert, clock.instant()));
  }

  synchronized List<Placed> rows() {
    return List.copyOf(rows);
  }

  synchronized List<Placed> inGraph() {
    return List.copyOf(graph);
  }

  private ObjectNode rowSample(Devices.Device machine) {
    String entities = Call.JSON.valueToTree(List.of(Map.of("$id", "2", "HostName", machine.name, "MdatpDeviceId", machine.mdeId, "Type", "host"))).toString();
    return Call.JSON.createObjectNode()
        .put("SystemAlertId", UUID.randomUUID().toString())
        .put("TimeGenerated", clock.instant().toString())
        .put("AlertName", "Suspicious shell child of a service")
        .put("AlertSeverity", "High")
        .put("ProviderName", "MDATP")
        .put("Tactics", "Execution")
        .put("Entities", entities);
  }

  private ObjectNode graphSample(Devices.Device machine) {
    ObjectNode alert =
        Call.JSON.createObjectNode()
            .put("id", "da" + UUID.randomUUID() + "_1")
            .put("title", "Suspicious shell child of a service")
            .put("status", "new")
            .put("severity", "high")
            .put("category", "Execution")
            .put("serviceSource", "microsoftDefenderForEndpoint");
    alert.putArray("evidence").addObject().put("@odata.type", "#microsoft.graph.security.deviceEvidence").put("mdeDeviceId", machine.mdeId);
    return alert;
  }
}
