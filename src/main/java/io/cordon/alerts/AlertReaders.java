package io.cordon.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.assets.MachineIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the allow-listed fields of an alert in each shape it may have. Pure; what it does not know it leaves out. */
final class AlertReaders {
  private static final String FALSE_POSITIVE = "FalsePositive";

  private AlertReaders() {}

  /** The id under which Sentinel, or Graph, knows the alert. */
  static Optional<String> id(AlertShapes.Found found) {
    JsonNode alert = found.json();
    return KnownWords.alertId(switch (found.shape()) {
      case ROW -> Fields.text(alert, "SystemAlertId");
      case INCIDENT -> Fields.text(Fields.of(alert.path("alert"), "properties"), "systemAlertId").or(() -> Fields.text(alert.path("alert"), "name"));
      case GRAPH -> Fields.text(alert, "id");
      case UNKNOWN -> Optional.<String>empty();
    });
  }

  /** A row of the SecurityAlert table, or the body of the alert trigger, whose names differ a little. */
  static IncomingAlert row(String id, JsonNode row, JsonNode entities, byte[] raw) {
    EntityGraph graph = new EntityGraph(entities);
    Optional<String> resource = Fields.text(row, "ResourceId").flatMap(MachineIds::arc);
    return new IncomingAlert(
        id,
        KnownWords.vendorId(Fields.text(row, "VendorOriginalId")),
        KnownWords.severity(Fields.text(row, "AlertSeverity", "Severity")),
        KnownWords.detector(Fields.text(row, "ProviderName", "ProductName")),
        KnownWords.tactics(Fields.of(row, "Tactics")),
        false,
        graph.hasHosts() ? graph.machine() : resource.map(arc -> Set.of("arc:" + arc)).orElse(Set.of()),
        graph.processIds(),
        raw);
  }

  /** One alert of an incident. Its entities belong to the incident as a whole, so only a single host can be this one. */
  static IncomingAlert ofIncident(String id, JsonNode one, byte[] raw) {
    JsonNode alert = Fields.of(one.path("alert"), "properties");
    Set<Set<String>> hosts = new HashSet<>();
    one.path("relatedEntities").forEach(entity -> {
      if ("host".equalsIgnoreCase(entity.path("kind").asText())) {
        JsonNode host = Fields.of(entity, "properties");
        hosts.add(names(Fields.text(Fields.of(host, "additionalData"), "MdatpDeviceId"), Fields.text(host, "azureID")));
      }
    });
    Set<String> tactics = new TreeSet<>(KnownWords.tactics(Fields.of(alert, "tactics")));
    tactics.addAll(KnownWords.tactics(one.path("additionalData").path("tactics")));
    boolean closed = "Closed".equalsIgnoreCase(one.path("status").asText());
    return new IncomingAlert(
        id,
        KnownWords.vendorId(Fields.text(alert, "vendorOriginalId")),
        KnownWords.severity(Fields.text(alert, "severity").or(() -> Fields.text(one, "severity"))),
        KnownWords.detector(Fields.text(alert, "productName")),
        tactics,
        closed && FALSE_POSITIVE.equalsIgnoreCase(one.path("classification").asText()),
        hosts.size() == 1 ? hosts.iterator().next() : Set.of(),
        List.of(),
        raw);
  }

  /** An alert of Microsoft Graph (alerts_v2). Every piece of evidence names its own device. */
  static IncomingAlert graph(String id, JsonNode alert, byte[] raw) {
    Set<Set<String>> devices = new HashSet<>();
    Set<String> mentioned = new HashSet<>();
    List<Long> processes = new ArrayList<>();
    alert.path("evidence").forEach(evidence -> {
      Optional<String> device = Fields.text(evidence, "mdeDeviceId").flatMap(MachineIds::mde);
      device.ifPresent(mentioned::add);
      String type = evidence.path("@odata.type").asText("");
      if (type.endsWith(".deviceEvidence")) {
        devices.add(names(device, Fields.text(evidence.path("vmMetadata"), "resourceId")));
      } else if (type.endsWith(".azureResourceEvidence")) {
        Fields.text(evidence, "resourceId").flatMap(MachineIds::arc).ifPresent(arc -> devices.add(Set.of("arc:" + arc)));
      } else if (type.endsWith(".processEvidence") && evidence.path("processId").isIntegralNumber() && processes.size() < 50) {
        processes.add(evidence.path("processId").longValue());
      }
    });
    Set<String> machine =
        devices.size() == 1 && mentioned.size() <= 1 ? devices.iterator().next()
            : devices.isEmpty() && mentioned.size() == 1 ? names(mentioned.stream().findFirst(), Optional.empty()) : Set.of();
    boolean resolved = "resolved".equalsIgnoreCase(alert.path("status").asText());
    return new IncomingAlert(
        id,
        KnownWords.vendorId(Fields.text(alert, "providerAlertId").or(() -> Optional.of(id))),
        KnownWords.severity(Fields.text(alert, "severity")),
        KnownWords.detector(Fields.text(alert, "serviceSource")),
        KnownWords.tactics(alert.path("category")),
        resolved && FALSE_POSITIVE.equalsIgnoreCase(alert.path("classification").asText()),
        machine,
        processes.stream().filter(pid -> pid > 0).sorted().distinct().toList(),
        raw);
  }

  private static Set<String> names(Optional<String> mde, Optional<String> arc) {
    Set<String> names = new TreeSet<>();
    mde.flatMap(MachineIds::mde).ifPresent(id -> names.add("mde:" + id));
    arc.flatMap(MachineIds::arc).ifPresent(id -> names.add("arc:" + id));
    return names;
  }
}
