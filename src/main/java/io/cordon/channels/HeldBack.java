package io.cordon.channels;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.phi.PatientDataFound;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What happens when the net for patient data holds a message back: people must still be reached, so a bare one goes out. */
@Component
class HeldBack {
  private final EvidenceLog evidence;

  HeldBack(EvidenceLog evidence) {
    this.evidence = evidence;
  }

  /** Sends a message, or the bare one if it must not leave; then the log says by which rule, never what it was. */
  <M> void orBare(String caseId, String channel, M message, Supplier<M> bare, Consumer<M> send) {
    try {
      send.accept(message);
    } catch (PatientDataFound e) {
      evidence.append(EvidenceEvent.ofCase(EvidenceType.NOTIFY_FAILED, caseId, null, Map.of("channel", channel, "rule", e.rule())));
      send.accept(bare.get());
    }
  }
}
