package io.cordon.evidence.anchors;

import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.SignerPace;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Down while the signer is halted or nothing that waits gets signed, or while a store outside has not had a checkpoint for too long. */
final class EvidenceHealth implements HealthIndicator {
  private final EvidencePump pump;
  private final SignerPace pace;
  private final Anchoring anchoring;

  EvidenceHealth(EvidencePump pump, SignerPace pace, Anchoring anchoring) {
    this.pump = pump;
    this.pace = pace;
    this.anchoring = anchoring;
  }

  @Override
  public Health health() {
    Health.Builder health = pump.halted().isEmpty() && !pace.isLate() && anchoring.late().isEmpty() ? Health.up() : Health.down();
    pump.halted().ifPresent(reason -> health.withDetail("halted", reason));
    return health.withDetail("signsLate", pace.isLate()).withDetail("lateAnchors", anchoring.late()).withDetail("anchors", anchoring.stores()).build();
  }
}
