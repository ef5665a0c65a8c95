package io.cordon.gate.clearance;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where the feed is, and whether it can be asked about a machine at all. Pure. */
final class FeedPlace {
  private final Set<String> machines = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final boolean known;
  private final String host;

  /**
   * @param address of the feed, or null
   * @param runsOn Arc ids or names of the machines it depends on; null when nobody said
   */
  FeedPlace(String address, List<String> runsOn) {
    this.known = runsOn != null;
    this.host = address == null ? "" : String.valueOf(URI.create(address).getHost());
    if (known) {
      machines.addAll(runsOn);
    }
  }

  /** Why what it says about these machines would mean nothing. */
  Optional<ClearanceReason> objection(boolean there, List<Target> targets) {
    if (!there) {
      return Optional.of(ClearanceReason.NO_FEED);
    }
    if (targets.stream().anyMatch(this::carries)) {
      return Optional.of(ClearanceReason.FEED_ON_TARGET);
    }
    return known ? Optional.empty() : Optional.of(ClearanceReason.FEED_PATH_UNKNOWN);
  }

  private boolean carries(Target target) {
    String name = target.name() == null ? "" : target.name();
    boolean named = machines.contains(name) || (target.arcId() != null && machines.contains(target.arcId()));
    return named || host.equalsIgnoreCase(name) || host.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ".");
  }
}
