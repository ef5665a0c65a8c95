package io.cordon.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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
      case UNKNOWN, MALFORMED -> Optional.<String>empty();
    });
  }

  /** A row of the SecurityAlert table, or the body of the alert trigger, whose names differ a little. */
  static IncomingAlert row(String id, JsonNode row, JsonNode entities, byte[] raw) {
    EntityGraph graph = new EntityGraph(entities);
    return new IncomingAlert(
        id,
        KnownWords.vendorId(Fields.text(row, "VendorOriginalId")),
        KnownWords.severity(Fields.text(row, "AlertSeverity", "Severity")),
        KnownWords.detector(Fields.text(row, "ProviderName"), Fields.text(row, "ProductName")),
        KnownWords.tactics(Fields.of(row, "Tactics")),
        false,
        graph.machine(MachinesNamed.names(Optional.empty(), Fields.text(row, "ResourceId"))),
        graph.processIds(),
        raw).naming(graph.namedProcesses());
  }

  /** One alert of an incident. Its entities belong to the incident as a whole, so only a single host can be this one. */
  static IncomingAlert ofIncident(String id, JsonNode one, byte[] raw) {
    JsonNode alert = Fields.of(one.path("alert"), "properties");
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
        machineOf(one.path("relatedEntities")),
        List.of(),
        List.of(),
        raw,
        KnownWords.uuid(Fields.text(one, "incident")));
  }

  private static Set<String> machineOf(JsonNode relatedEntities) {
    MachinesNamed hosts = new MachinesNamed();
    Set<String> resources = new TreeSet<>();
    relatedEntities.forEach(entity -> {
      JsonNode properties = Fields.of(entity, "properties");
      if ("host".equalsIgnoreCase(entity.path("kind").asText())) {
        Optional<String> device = Fields.text(Fields.of(properties, "additionalData"), "MdatpDeviceId");
        hosts.add(MachinesNamed.names(device, Fields.text(properties, "azureID")));
      } else if ("azureResource".equalsIgnoreCase(entity.path("kind").asText())) {
        resources.addAll(MachinesNamed.names(Optional.empty(), Fields.text(properties, "resourceId")));
      }
    });
    return hosts.oneOr(resources);
  }

  /** An alert of Microsoft Graph (alerts_v2). Every piece of evidence names its own device. */
  static IncomingAlert graph(String id, JsonNode alert, byte[] raw) {
    MachinesNamed devices = new MachinesNamed();
    Set<String> resources = new TreeSet<>();
    List<Long> processes = new ArrayList<>();
    Set<NamedProcess> exact = new LinkedHashSet<>();
    addIfNamed(devices, Fields.text(alert, "machineId"));
    alert.path("evidence").forEach(evidence -> {
      Optional<String> device = Fields.text(evidence, "mdeDeviceId");
      String type = evidence.path("@odata.type").asText("");
      if (type.endsWith(".deviceEvidence")) {
        devices.add(MachinesNamed.names(device, Fields.text(evidence.path("vmMetadata"), "resourceId")));
      } else if (type.endsWith(".azureResourceEvidence")) {
        resources.addAll(MachinesNamed.names(Optional.empty(), Fields.text(evidence, "resourceId")));
      } else {
        addIfNamed(devices, device);
      }
      if (type.endsWith(".processEvidence") && evidence.path("processId").canConvertToLong()) {
        processes.add(evidence.path("processId").longValue());
        NamedProcess.of(
                evidence.path("processId").longValue(), Fields.text(evidence, "processCreationDateTime"), Fields.text(evidence.path("imageFile"), "sha256"))
            .ifPresent(exact::add);
      }
    });
    boolean resolved = "resolved".equalsIgnoreCase(alert.path("status").asText());
    return new IncomingAlert(
        id,
        KnownWords.vendorId(Fields.text(alert, "providerAlertId")).or(() -> KnownWords.vendorId(Optional.of(id))),
        KnownWords.severity(Fields.text(alert, "severity")),
        KnownWords.detector(Fields.text(alert, "serviceSource")),
        KnownWords.tactics(alert.path("category")),
        resolved && FALSE_POSITIVE.equalsIgnoreCase(alert.path("classification").asText()),
        devices.oneOr(resources),
        processes.stream().filter(pid -> pid > 0).sorted().distinct().limit(EntityGraph.MOST_PROCESSES).toList(),
        raw).naming(exact.stream().limit(EntityGraph.MOST_PROCESSES).toList());
  }

  private static void addIfNamed(MachinesNamed devices, Optional<String> mdeDeviceId) {
    Set<String> names = MachinesNamed.names(mdeDeviceId, Optional.empty());
    if (!names.isEmpty()) {
      devices.add(names);
    }
  }
}
