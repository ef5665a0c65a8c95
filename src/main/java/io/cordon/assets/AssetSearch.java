package io.cordon.assets;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One search for a machine: collects where every name leads, then demands that all of it is one machine. */
final class AssetSearch {
  private final AssetLookup facts;
  private final Map<String, ArcMachine> machines = new HashMap<>();
  private final Map<String, MdeDevice> devices = new HashMap<>();
  private final Set<String> deviceIds = new HashSet<>();
  private final Set<IdentitySource> sources = EnumSet.noneOf(IdentitySource.class);
  private Instant oldest;
  private boolean stale;
  private boolean broken;

  AssetSearch(AssetLookup facts) {
    this.facts = facts;
  }

  void follow(String name) {
    String id = name.substring(4);
    if (name.startsWith("arc:")) {
      List<ArcMachine> found = dated(facts.byArcId.get(id));
      found.forEach(machine -> machines.put(machine.arcId(), machine));
      sources.add(IdentitySource.ARC_ID);
      broken = broken || found.isEmpty();
    } else {
      device(id);
      tagged();
    }
  }

  Resolution result() {
    if (machines.isEmpty()) {
      return Resolution.NONE;
    }
    ArcMachine machine = machines.values().iterator().next();
    if (machines.size() > 1 || machine.mdeDeviceId() == null) {
      return Resolution.SEVERAL;
    }
    device(machine.mdeDeviceId());
    tagged();
    if (broken || machines.size() != 1 || devices.size() != 1) {
      return Resolution.SEVERAL;
    }
    sources.add(IdentitySource.ARC_TAG);
    MdeDevice device = devices.values().iterator().next();
    return new Resolution(Resolution.Outcome.ONE, new AssetMatch(machine, device, deviceIds, sources, oldest, stale));
  }

  /** The device that stands for this id now. A merge is followed once: a chain or a circle of them is for a person. */
  private void device(String id) {
    deviceIds.add(id);
    Optional<MdeDevice> named = dated(facts.devices.get(id));
    Optional<MdeDevice> now = named;
    if (named.isPresent() && named.get().mergedInto() != null) {
      now = dated(facts.devices.get(named.get().mergedInto())).filter(other -> other.mergedInto() == null);
      sources.add(IdentitySource.MDE_MERGED);
    }
    now.ifPresentOrElse(device -> devices.put(device.id(), device), () -> broken = true);
    now.ifPresent(device -> deviceIds.add(device.id()));
    sources.add(IdentitySource.MDE_ID);
  }

  /** Every Arc machine whose tag names one of the devices; a second one is a doubt. */
  private void tagged() {
    for (String id : deviceIds) {
      List<ArcMachine> found = dated(facts.byTag.get(id));
      found.forEach(machine -> machines.put(machine.arcId(), machine));
    }
  }

  private <T> T dated(Dated<T> fact) {
    oldest = oldest == null || fact.readAt().isBefore(oldest) ? fact.readAt() : oldest;
    stale = stale || fact.stale();
    return fact.value();
  }
}
