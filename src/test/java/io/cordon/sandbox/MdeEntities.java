package io.cordon.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How Defender writes machines and machine actions. Contract MDE sections 3 and 7. */
final class MdeEntities {
  private static final String CONTEXT = "https://api.securitycenter.microsoft.com/api/$metadata#";
  private static final String REQUESTOR = "cordon";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private MdeEntities() {}

  static Map<String, Object> action(MdeAction action) {
    boolean cancelled = action.status().equals("Cancelled");
    Map<String, Object> entity = new LinkedHashMap<>();
    entity.put("id", action.id);
    entity.put("type", action.type);
    entity.put("title", null);
    entity.put("requestor", REQUESTOR);
    entity.put("requestorComment", action.comment);
    entity.put("status", action.status());
    entity.put("machineId", action.device.mdeId);
    entity.put("computerDnsName", action.device.dnsName());
    entity.put("creationDateTimeUtc", TIME.format(action.created));
    entity.put("lastUpdateDateTimeUtc", TIME.format(action.changed()));
    entity.put("cancellationRequestor", cancelled ? REQUESTOR : null);
    entity.put("cancellationComment", action.cancelComment());
    entity.put("cancellationDateTimeUtc", cancelled ? TIME.format(action.changed()) : null);
    entity.put("errorHResult", 0);
    entity.put("scope", action.type.equals("Isolate") ? "Full" : null);
    entity.put("externalId", null);
    entity.put("requestSource", "PublicApi");
    entity.put("relatedFileInfo", null);
    entity.put("commands", List.of());
    entity.put("troubleshootInfo", null);
    return entity;
  }

  static Map<String, Object> machine(Devices.Device device, Instant now) {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("id", device.mdeId);
    machine.put("computerDnsName", device.dnsName());
    machine.put("lastSeen", TIME.format(device.lastSeen(now)));
    machine.put("osPlatform", "Linux");
    machine.put("osBuild", null);
    machine.put("osProcessor", "x64");
    machine.put("healthStatus", device.online() ? "Active" : "Inactive");
    machine.put("onboardingStatus", "onboarded");
    machine.put("riskScore", null);
    machine.put("exposureLevel", null);
    machine.put("deviceValue", null);
    machine.put("aadDeviceId", null);
    machine.put("isAadJoined", false);
    machine.put("rbacGroupId", 12);
    machine.put("machineTags", List.of());
    machine.put("isPotentialDuplication", !device.mergedInto.isEmpty());
    machine.put("mergedIntoMachineId", device.mergedInto.isEmpty() ? null : device.mergedInto);
    machine.put("agentVersion", "101.25022.0001");
    machine.put("vmMetadata", null);
    return machine;
  }

  /** One entity as the whole answer. */
  static Answer one(int status, String set, Map<String, Object> entity) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("@odata.context", CONTEXT + set + "/$entity");
    whole.putAll(entity);
    return Answer.json(status, whole);
  }

  /** A list of entities. */
  static Answer list(String set, List<Map<String, Object>> entities) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("@odata.context", CONTEXT + set);
    whole.put("value", entities);
    return Answer.json(200, whole);
  }
}
