package io.cordon.playbook.handlers;

import io.cordon.assets.ArcUnavailable;
import io.cordon.containment.Containment;
import io.cordon.containment.signs.OnlineProof;
import io.cordon.gate.PlanTarget;
import io.cordon.playbook.worker.RetryLaterException;
import io.cordon.playbook.worker.Work;
import org.springframework.stereotype.Component;

/** Whether a machine is there to be acted on: an action for one that is not would wait at Defender for days. */
@Component
final class OnlineNow {
  private static final int TOO_MANY_REQUESTS = 429;

  private final Containment containment;
  private final OnlineProof proof;

  OnlineNow(Containment containment, OnlineProof proof) {
    this.containment = containment;
    this.proof = proof;
  }

  /** What cannot be seen by the last try is not there; a quota of Arc's that is used up takes none of the tries. */
  boolean isOnline(Work work, PlanTarget target) {
    try {
      return containment.isReachable(target.mdeDeviceId()) && proof.isOnline(target.mdeDeviceId(), target.arcId());
    } catch (ArcUnavailable e) {
      if (e.status() == TOO_MANY_REQUESTS) {
        throw new RetryLaterException(Patience.AGAIN);
      }
      if (work.lastTry()) {
        return false;
      }
      throw e;
    }
  }
}
