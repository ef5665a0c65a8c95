package io.cordon.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Alerts in every shape an outlet of Sentinel sends, with identifiers in every field that says nothing we need. */
final class CanaryAlerts {
  private static final List<String> ROW =
      List.of("AlertName", "DisplayName", "Description", "CompromisedEntity", "RemediationSteps", "ExtendedProperties", "ExtendedLinks",
          "AlertLink", "Tactics", "Techniques", "SubTechniques", "ProductName", "ProductComponentName", "VendorName", "VendorOriginalId",
          "AlertType", "Status", "ConfidenceLevel", "ResourceId", "SourceComputerId", "WorkspaceResourceGroup", "SourceSystem", "UnknownColumn");
  private static final List<String> TRIGGER =
      List.of("AlertDisplayName", "AlertType", "Description", "Tactics", "Techniques", "ProductName", "VendorOriginalId", "ExtendedProperties", "ResourceId");
  private static final List<String> INCIDENT_ALERT =
      List.of("alertDisplayName", "productName", "vendorName", "vendorOriginalId", "status", "friendlyName", "compromisedEntity", "description", "alertLink", "alertType");
  private static final List<String> INCIDENT =
      List.of("title", "description", "incidentUrl", "classificationComment", "classificationReason", "providerName", "status", "classification");
  private static final List<String> GRAPH =
      List.of("title", "description", "category", "status", "determination", "classification", "serviceSource", "detectionSource", "actorDisplayName",
          "threatDisplayName", "threatFamilyName", "assignedTo", "recommendedActions", "alertWebUrl", "incidentWebUrl", "providerAlertId", "detectorId");

  private final Canaries canaries;

  CanaryAlerts(Canaries canaries) {
    this.canaries = canaries;
  }

  Map<String, Object> row(Devices.Device device) {
    Map<String, Object> row = new LinkedHashMap<>(canaries.fields(ROW));
    row.putAll(Map.of("SystemAlertId", id(), "AlertSeverity", "High", "ProviderName", "MDATP", "Type", "SecurityAlert", "Entities", entities(device)));
    return row;
  }

  Map<String, Object> trigger(Devices.Device device) {
    Map<String, Object> body = new LinkedHashMap<>(canaries.fields(TRIGGER));
    body.putAll(Map.of("SystemAlertId", id(), "Severity", "High", "ProviderName", "MDATP", "Entities", entities(device)));
    return body;
  }

  Map<String, Object> incident(Devices.Device device) {
    Map<String, Object> alert = new LinkedHashMap<>(canaries.fields(INCIDENT_ALERT));
    alert.putAll(Map.of("systemAlertId", id(), "severity", "High", "tactics", List.of("Execution", canaries.text()),
        "additionalData", canaries.fields(List.of("note", "user"))));
    Map<String, Object> host = new LinkedHashMap<>(canaries.fields(List.of("hostName", "netBiosName", "friendlyName")));
    host.put("additionalData", Map.of("MdatpDeviceId", device.mdeId, "LoggedOnUsers", canaries.text()));
    Map<String, Object> properties = new LinkedHashMap<>(canaries.fields(INCIDENT));
    properties.putAll(Map.of("severity", "High", "owner", canaries.fields(List.of("email", "assignedTo", "userPrincipalName")),
        "labels", List.of(Map.of("labelName", canaries.text())), "additionalData", Map.of("tactics", List.of("Execution", canaries.text())),
        "alerts", List.of(Map.of("name", UUID.randomUUID().toString(), "kind", "SecurityAlert", "properties", alert)),
        "relatedEntities", List.of(Map.of("kind", "Host", "properties", host),
            Map.of("kind", "Account", "properties", canaries.fields(List.of("accountName", "upnSuffix", "displayName"))))));
    return Map.of("eventUniqueId", canaries.text(), "objectEventType", "Create",
        "object", Map.of("name", UUID.randomUUID().toString(), "etag", canaries.text(), "properties", properties));
  }

  Map<String, Object> graph(Devices.Device device) {
    Map<String, Object> machine = new LinkedHashMap<>(canaries.fields(List.of("deviceDnsName", "hostName", "osPlatform", "remediationStatusDetails")));
    machine.putAll(Map.of("@odata.type", "#microsoft.graph.security.deviceEvidence", "mdeDeviceId", device.mdeId, "tags", List.of(canaries.text()),
        "loggedOnUsers", List.of(canaries.fields(List.of("accountName", "domainName")))));
    Map<String, Object> process = new LinkedHashMap<>(canaries.fields(List.of("processCommandLine", "parentProcessImageFile", "userAccount")));
    process.putAll(Map.of("@odata.type", "#microsoft.graph.security.processEvidence", "processId", 77, "mdeDeviceId", device.mdeId));
    Map<String, Object> alert = new LinkedHashMap<>(canaries.fields(GRAPH));
    alert.putAll(Map.of("id", "da" + id(), "severity", "high", "mitreTechniques", List.of(canaries.text()), "evidence", List.of(machine, process),
        "comments", List.of(canaries.fields(List.of("comment", "createdByDisplayName")))));
    return Map.of("value", List.of(alert), "@odata.nextLink", canaries.text());
  }

  Map<String, Object> table(Devices.Device device) {
    Map<String, Object> row = row(device);
    List<Map<String, String>> columns = row.keySet().stream().map(name -> Map.of("name", name, "type", "string")).toList();
    return Map.of("tables", List.of(Map.of("name", canaries.text(), "columns", columns, "rows", List.of(new ArrayList<>(row.values())))));
  }

  /** Bodies that are taken but cannot be read: without an id, with an id that is none, of no known shape, with broken entities. */
  List<Map<String, Object>> unreadable(Devices.Device device) {
    Map<String, Object> nameless = row(device);
    nameless.remove("SystemAlertId");
    Map<String, Object> noId = row(device);
    noId.put("SystemAlertId", canaries.text());
    Map<String, Object> broken = row(device);
    broken.put("Entities", "[{\"$id\": " + canaries.text());
    return List.of(nameless, noId, broken, new LinkedHashMap<>(canaries.fields(List.of("patient", "note"))));
  }

  private String entities(Devices.Device device) {
    Map<String, Object> host = new LinkedHashMap<>(canaries.fields(List.of("HostName", "FQDN", "NetBiosName", "LastIpAddress", "AzureID", "OMSAgentID")));
    host.putAll(Map.of("$id", "2", "MdatpDeviceId", device.mdeId, "Type", "host", "LoggedOnUsers", List.of(canaries.text())));
    Map<String, Object> file = new LinkedHashMap<>(canaries.fields(List.of("Directory", "Name")));
    file.putAll(Map.of("$id", "4", "Type", "file", "FileHashes", List.of(Map.of("$id", "5", "Algorithm", "SHA256", "Value", canaries.text(), "Type", "filehash"))));
    Map<String, Object> process = new LinkedHashMap<>(canaries.fields(List.of("CommandLine", "ElevationToken", "CreationTimeUtc")));
    process.putAll(Map.of("$id", "3", "ProcessId", "77", "Type", "process", "ImageFile", file));
    Map<String, Object> account = new LinkedHashMap<>(canaries.fields(List.of("Name", "UPNSuffix", "NTDomain", "Sid")));
    account.putAll(Map.of("$id", "6", "Type", "account"));
    try {
      return Call.JSON.writeValueAsString(List.of(host, process, account, Map.of("$id", "7", "Type", "url", "Url", canaries.text())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }
}
