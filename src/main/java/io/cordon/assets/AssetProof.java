package io.cordon.assets;

import java.time.Instant;
import java.util.List;

/**
 * Why Cordon takes a machine for the one a case means, as shown to whoever approves. Holds ids, codes and times only.
 *
 * @param os as Arc or Defender reports it; empty when neither does
 * @param readAt when the oldest of the facts was read
 * @param registerRevision revision of the register's entry, 0 without one
 */
public record AssetProof(
    String arcId,
    String mdeDeviceId,
    List<IdentitySource> sources,
    String onboarding,
    String health,
    String os,
    String arcStatus,
    Capability capability,
    List<AssetWarning> warnings,
    Instant readAt,
    boolean stale,
    int registerRevision) {
  public AssetProof {
    sources = List.copyOf(sources);
    warnings = List.copyOf(warnings);
  }
}
