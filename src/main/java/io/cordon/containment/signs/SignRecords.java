package io.cordon.containment.signs;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down what was seen of a machine: how far its follow-up is and the evidence, both or neither. */
final class SignRecords {
  private final FollowUps book;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;
  private final MeterRegistry meters;
  private final Clock clock;

  SignRecords(FollowUps book, EvidenceLog evidence, TransactionTemplate transaction, MeterRegistry meters, Clock clock) {
    this.book = book;
    this.evidence = evidence;
    this.transaction = transaction;
    this.meters = meters;
    this.clock = clock;
  }

  void write(FollowUp about, FollowUp.State state, Verdict verdict, Signs signs) {
    transaction.executeWithoutResult(status -> {
      if (book.move(about, state, verdict)) {
        evidence.append(EvidenceEvent.ofCase(EvidenceType.POSTURE_RECORDED, about.caseId(), null, facts(about, verdict, signs)));
        meters.counter("cordon.signs.verdicts", "action", about.action(), "verdict", verdict.name()).increment();
      }
    });
  }

  private Map<String, Object> facts(FollowUp about, Verdict verdict, Signs signs) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("what", about.isRelease() ? "AFTER_RELEASE" : "AFTER_ISOLATION");
    facts.put("permit", about.permitId());
    facts.put("machine", about.mdeDeviceId());
    facts.put("result", verdict.name());
    facts.put("sensor", signs.sensor().name());
    facts.put("arcStatus", signs.arc().name());
    facts.put("probe", signs.probe().name());
    facts.put("readAt", millis(clock.instant()));
    if (signs.lastSeen() != null) {
      facts.put("lastSeen", millis(signs.lastSeen()));
    }
    return facts;
  }

  private static String millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
