package io.cordon.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The machine actions Defender knows, each with its status as of now. */
final class MdeActions {
  private final Clock clock;
  private final Map<String, MdeAction> byId = new LinkedHashMap<>();
  private final Map<String, List<MdeAction>> byMachine = new LinkedHashMap<>();
  private Duration lasts;

  MdeActions(Clock clock, Duration lasts) {
    this.clock = clock;
    this.lasts = lasts;
  }

  /** From now on every action that is not final takes this long. */
  synchronized void last(Duration duration) {
    byId.values().forEach(this::settled);
    lasts = duration;
  }

  synchronized MdeAction add(String type, Devices.Device device, String comment, Duration hiddenFor) {
    MdeAction action = new MdeAction(type, device, comment, clock.instant(), hiddenFor);
    byId.put(action.id, action);
    byMachine.computeIfAbsent(device.mdeId, id -> new ArrayList<>()).add(action);
    return action;
  }

  /** The action of this type that is still open on a machine. */
  synchronized Optional<MdeAction> open(String type, Devices.Device device) {
    return byMachine.getOrDefault(device.mdeId, List.of()).stream()
        .filter(action -> action.type.equals(type))
        .filter(action -> !settled(action).isFinal())
        .findFirst();
  }

  synchronized Optional<MdeAction> find(String id) {
    return Optional.ofNullable(byId.get(id)).filter(action -> !clock.instant().isBefore(action.listedFrom)).map(this::settled);
  }

  /** What a list shows, the newest first: of one machine, or of all for null. */
  synchronized List<MdeAction> listed(String machineId) {
    Collection<MdeAction> known = machineId == null ? byId.values() : byMachine.getOrDefault(machineId, List.of());
    List<MdeAction> listed = new ArrayList<>(known.stream().filter(action -> !clock.instant().isBefore(action.listedFrom)).toList());
    listed.forEach(this::settled);
    Collections.reverse(listed);
    return listed;
  }

  /** Everything ever taken, the oldest first. */
  synchronized List<MdeAction> taken() {
    return List.copyOf(byId.values());
  }

  private MdeAction settled(MdeAction action) {
    action.settle(clock.instant(), lasts);
    return action;
  }
}
