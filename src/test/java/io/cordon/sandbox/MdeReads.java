package io.cordon.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reading machines and machine actions. Contract MDE sections 3.1 and 7. */
final class MdeReads {
  private static final ODataQuery.Fields ACTIONS =
      new ODataQuery.Fields(Set.of("id", "status", "machineId", "type", "requestor"), Set.of("creationDateTimeUtc"), Set.of());
  private static final ODataQuery.Fields MACHINES =
      new ODataQuery.Fields(
          Set.of("id", "computerDnsName", "healthStatus", "onboardingStatus", "osPlatform", "riskScore", "exposureLevel", "deviceValue", "aadDeviceId"),
          Set.of("lastSeen"),
          Set.of("computerDnsName"));

  private final Devices devices;
  private final MdeActions actions;
  private final Clock clock;

  MdeReads(Devices devices, MdeActions actions, Clock clock) {
    this.devices = devices;
    this.actions = actions;
    this.clock = clock;
  }

  /** One machine by its id, or by its name when only one has it. */
  Answer machine(String id) {
    List<Devices.Device> found = devices.byMdeId(id).map(List::of).orElseGet(() -> onboarded().filter(device -> device.dnsName().equalsIgnoreCase(id)).toList());
    return found.size() == 1 ? MdeEntities.one(200, "Machines", MdeEntities.machine(found.get(0), clock.instant())) : MdeErrors.notFound();
  }

  Answer action(String id) {
    return actions.find(id).map(action -> MdeEntities.one(200, "MachineActions", MdeEntities.action(action))).orElseGet(MdeErrors::notFound);
  }

  Answer machines(Map<String, String> parameters) {
    try {
      Instant now = clock.instant();
      ODataQuery query = ODataQuery.of(parameters, MACHINES);
      String id = query.valueOf("id");
      Stream<Devices.Device> asked = id == null ? onboarded() : devices.byMdeId(id).stream();
      return MdeEntities.list("Machines", query.apply(asked.map(device -> MdeEntities.machine(device, now))));
    } catch (ODataQuery.Malformed e) {
      return MdeErrors.of(400, "ODataError", e.getMessage());
    }
  }

  Answer actions(Map<String, String> parameters) {
    try {
      ODataQuery query = ODataQuery.of(parameters, ACTIONS);
      return MdeEntities.list("MachineActions", query.apply(actions.listed(query.valueOf("machineId")).stream().map(MdeEntities::action)));
    } catch (ODataQuery.Malformed e) {
      return MdeErrors.of(400, "ODataError", e.getMessage());
    }
  }

  private Stream<Devices.Device> onboarded() {
    // Defender hides probable duplicates from its lists, but answers to their ids
    return devices.all().stream().filter(device -> !device.mdeId.isEmpty() && device.mergedInto.isEmpty());
  }
}
