package io.cordon.evidence.anchors;

import io.cordon.evidence.EvidenceAlarm;
import io.cordon.evidence.EvidenceAlarm.Trouble;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.SignerPace;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** What happens every few seconds beside the log: checkpoints are kept outside, and trouble wakes somebody, once. */
final class EvidenceWatch {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceWatch.class);

  private final EvidencePump pump;
  private final SignerPace pace;
  private final Anchoring anchoring;
  private final ObjectProvider<EvidenceAlarm> alarm;
  private final Set<Trouble> raised = EnumSet.noneOf(Trouble.class);

  EvidenceWatch(EvidencePump pump, SignerPace pace, Anchoring anchoring, ObjectProvider<EvidenceAlarm> alarm) {
    this.pump = pump;
    this.pace = pace;
    this.anchoring = anchoring;
    this.alarm = alarm;
  }

  void look() {
    boolean halted = pump.halted().isPresent();
    tell(Trouble.SIGNER_HALTED, halted);
    pace.look();
    tell(Trouble.SIGNER_LATE, pace.isLate() && !halted);
    anchoring.keepWhatIsDue();
    tell(Trouble.ANCHORS_LATE, !anchoring.late().isEmpty());
  }

  /** Whoever cannot be told is told at the next look; nothing here waits for it. */
  private void tell(Trouble trouble, boolean now) {
    if (now == raised.contains(trouble)) {
      return;
    }
    try {
      say(trouble, now);
    } catch (RuntimeException e) {
      LOG.warn("evidence: nobody could be told that {} is {} ({}); again at the next look", trouble, now, e.getClass().getSimpleName());
    }
  }

  private void say(Trouble trouble, boolean now) {
    if (now) {
      LOG.error("evidence: {}", trouble);
      alarm.ifAvailable(way -> way.raise(trouble));
      raised.add(trouble);
    } else {
      alarm.ifAvailable(way -> way.settle(trouble));
      raised.remove(trouble);
    }
  }
}
