package io.cordon.containment.late;

import io.cordon.containment.Containment;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.watch.ActionWatch;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks after permits that ended without a known result until Defender has surely dropped what it may have: what is found
 * pending is cancelled, again and again; an isolation that ran is treated like one made past Cordon, so that somebody owns it.
 */
public class LateActions {
  private static final Logger LOG = LoggerFactory.getLogger(LateActions.class);
  /** Defender takes a hundred calls a minute of all who ask it (contract mde, section 3.1). */
  private static final int A_PASS = 5;
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration LATER = Duration.ofMinutes(10);
  /** So long what is pending is cancelled every minute; an action may also be stuck (contract mde, section 10, point 7). */
  private static final Duration URGENT = Duration.ofHours(1);

  private final UnclearPermits permits;
  private final Containment containment;
  private final ActionWatch watch;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;
  private final MeterRegistry meters;
  private final Clock clock;

  LateActions(
      UnclearPermits permits, Containment containment, ActionWatch watch, EvidenceLog evidence, TransactionTemplate transaction, MeterRegistry meters, Clock clock) {
    this.permits = permits;
    this.containment = containment;
    this.watch = watch;
    this.evidence = evidence;
    this.transaction = transaction;
    this.meters = meters;
    this.clock = clock;
  }

  /** Looks after those that are due; returns how many. */
  public int runDue() {
    permits.begin();
    List<UnclearPermit> due = permits.take(A_PASS, clock.instant().plus(SOON));
    due.forEach(this::lookAlone);
    return due.size();
  }

  /** One that cannot be looked after keeps nobody from the others; it comes up again by itself. */
  private void lookAlone(UnclearPermit permit) {
    try {
      look(permit);
    } catch (RuntimeException e) {
      meters.counter("cordon.late.failed").increment();
      LOG.warn("what became of a permit could not be looked up ({}); again in {} s", e.getClass().getSimpleName(), SOON.toSeconds());
    }
  }

  private void look(UnclearPermit permit) {
    Optional<MachineAction> action = find(permit).flatMap(found -> found.isFinal() ? Optional.of(found) : containment.cancel(found.id(), permit.id()));
    Instant now = clock.instant();
    if (action.filter(MachineAction::isFinal).isPresent()) {
      found(permit, action.get());
    } else if (!now.isBefore(permit.until())) {
      permits.end(permit, action.isPresent() ? "STILL_PENDING" : "ABSENT");
    } else if (action.isEmpty() || now.isAfter(permit.settledAt().plus(URGENT))) {
      permits.lookAgain(permit, now.plus(LATER));
    }
  }

  private Optional<MachineAction> find(UnclearPermit permit) {
    return Optional.ofNullable(permit.mdeActionId())
        .or(() -> containment.findOurs(permit.mdeDeviceId(), permit.id(), permit.sentAt()))
        .flatMap(containment::look);
  }

  private void found(UnclearPermit permit, MachineAction action) {
    // how a session with a script ended says nothing of the process (contract mde, section 10, point 11)
    String result = permit.isIsolation() ? action.outcome() : "UNRESOLVED";
    if ("SUCCEEDED".equals(result)) {
      watch.notice(action);
    }
    transaction.executeWithoutResult(status -> {
      if (permits.end(permit, result)) {
        evidence.append(
            EvidenceEvent.ofCase(
                EvidenceType.ACTION_FOUND_LATE, permit.caseId(), null,
                Map.of("permit", permit.id(), "mdeAction", action.id(), "machine", permit.mdeDeviceId(), "result", result)));
        meters.counter("cordon.late.found", "result", result).increment();
      }
    });
  }
}
