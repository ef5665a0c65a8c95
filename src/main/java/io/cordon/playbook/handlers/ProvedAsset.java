package io.cordon.playbook.handlers;

import io.cordon.assets.AssetProof;
import io.cordon.assets.register.EffectiveFacts;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The machine of a case with the proof of its identity and what the policy may take for true about it.
 *
 * @param facts all UNKNOWN when they are too old to count
 */
public record ProvedAsset(String name, AssetProof proof, EffectiveFacts facts) {

  /** What the log keeps of it. */
  public Map<String, Object> asEvidence() {
    return Map.ofEntries(
        Map.entry("mde", proof.mdeDeviceId()),
        Map.entry("arc", proof.arcId()),
        Map.entry("by", "EXACT_ID"),
        Map.entry("sources", codes(proof.sources())),
        Map.entry("onboarding", proof.onboarding()),
        Map.entry("health", proof.health()),
        Map.entry("os", proof.os()),
        Map.entry("arcStatus", proof.arcStatus()),
        Map.entry("capability", proof.capability().name()),
        Map.entry("warnings", codes(proof.warnings())),
        Map.entry("readAt", proof.readAt().toString()),
        Map.entry("stale", proof.stale()),
        Map.entry("registerRevision", proof.registerRevision()));
  }

  private static String codes(Collection<? extends Enum<?>> codes) {
    return codes.stream().map(Enum::name).collect(Collectors.joining(","));
  }
}
