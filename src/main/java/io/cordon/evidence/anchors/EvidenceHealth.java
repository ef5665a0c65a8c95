package io.cordon.evidence.anchors;

import io.cordon.evidence.EvidencePump;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Down while the signer is halted, or while a store outside has not had a checkpoint for too long. */
final class EvidenceHealth implements HealthIndicator {
  private final EvidencePump pump;
  private final Anchoring anchoring;

  EvidenceHealth(EvidencePump pump, Anchoring anchoring) {
    this.pump = pump;
    this.anchoring = anchoring;
  }

  @Override
  public Health health() {
    Health.Builder health = pump.halted().isEmpty() && anchoring.late().isEmpty() ? Health.up() : Health.down();
    pump.halted().ifPresent(reason -> health.withDetail("halted", reason));
    return health.withDetail("lateAnchors", anchoring.late()).withDetail("anchors", anchoring.stores()).build();
  }
}
