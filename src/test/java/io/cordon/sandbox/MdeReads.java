package io.cordon.sandbox;

import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** Reading machines and machine actions. Contract MDE sections 3.1 and 7. */
final class MdeReads {
  private static final ODataQuery.Fields ACTIONS =
      new ODataQuery.Fields(Set.of("id", "status", "machineId", "type", "requestor"), Set.of("creationDateTimeUtc"), Set.of());

  private final Devices devices;
  private final MdeActions actions;
  private final Clock clock;

  MdeReads(Devices devices, MdeActions actions, Clock clock) {
    this.devices = devices;
    this.actions = actions;
    this.clock = clock;
  }

  Answer machine(String id) {
    return devices.byMdeId(id)
        .map(device -> MdeEntities.one(200, "Machines", MdeEntities.machine(device, clock.instant())))
        .orElseGet(MdeErrors::notFound);
  }

  Answer action(String id) {
    return actions.find(id).map(action -> MdeEntities.one(200, "MachineActions", MdeEntities.action(action))).orElseGet(MdeErrors::notFound);
  }

  Answer actions(Map<String, String> parameters) {
    try {
      ODataQuery query = ODataQuery.of(parameters, ACTIONS);
      return MdeEntities.list("MachineActions", query.apply(actions.listed(query.valueOf("machineId")).stream().map(MdeEntities::action)));
    } catch (ODataQuery.Malformed e) {
      return MdeErrors.of(400, "ODataError", e.getMessage());
    }
  }
}
