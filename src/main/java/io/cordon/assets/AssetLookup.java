package io.cordon.assets;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Finds the one machine that all names of a case mean, in Arc and in Defender, by exact id and both ways. Whatever does
 * not fit together completely is SEVERAL. Contracts: Sentinel/Graph/Arc section 4.3, MDE section 7.
 */
public final class AssetLookup {
  final RememberedFacts<List<ArcMachine>> byArcId;
  final RememberedFacts<List<ArcMachine>> byTag;
  final RememberedFacts<Optional<MdeDevice>> devices;

  AssetLookup(ArcInventory inventory, MdeMachines defender, AssetsProperties limits, Clock clock) {
    this.byArcId = new RememberedFacts<>(inventory::byArcId, limits, clock);
    this.byTag = new RememberedFacts<>(inventory::byMdeDeviceId, limits, clock);
    this.devices = new RememberedFacts<>(defender::device, limits, clock);
  }

  /**
   * Looks for the machine.
   *
   * @param names such as {@code mde:<id>} and {@code arc:<id>}
   * @throws ArcUnavailable when Arc cannot be read and nothing is remembered
   * @throws MdeLookupUnavailable when Defender cannot be read and nothing is remembered
   */
  public Resolution resolve(Collection<String> names) {
    AssetSearch search = new AssetSearch(this);
    names.forEach(search::follow);
    return search.result();
  }
}
