package io.cordon.assets;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * One machine, known for certain in Arc and in Defender.
 *
 * @param device the record that stands for it now, after a merge
 * @param deviceIds every device id that led to it, the merged ones included
 * @param readAt when the oldest of these facts was read
 * @param stale whether one of them is too old to count
 */
public record AssetMatch(
    ArcMachine machine, MdeDevice device, Set<String> deviceIds, Set<IdentitySource> sources, Instant readAt, boolean stale) {
  public AssetMatch {
    deviceIds = Set.copyOf(deviceIds);
    sources = Collections.unmodifiableSet(EnumSet.copyOf(sources));
  }
}
