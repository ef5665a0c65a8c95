package io.cordon.containment.late;

import io.cordon.containment.Containment;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.watch.ActionWatch;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ModeState;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
  private final ModeState mode;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;
  private final MeterRegistry meters;
  private final Clock clock;

  LateActions(
      UnclearPermits permits,
      Containment containment,
      ActionWatch watch,
      ModeState mode,
      EvidenceLog evidence,
      TransactionTemplate transaction,
      MeterRegistry meters,
      Clock clock) {
    this.permits = permits;
    this.mode = mode;
    this.containment = containment;
    this.watch = watch;
    this.evidence = evidence;
    this.transaction = transaction;
    this.meters = meters;
    this.clock = clock;
  }

  /** Looks after those that are due; returns how many. */
  public int runDue() {
    if (!mode.now().isRight()) {
      return 0; // a node of another mode would hold the cancel back
    }
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
      if (!clock.instant().isBefore(permit.until())) {
        permits.end(permit, "NOT_SEEN");
      }
    }
  }

  private void look(UnclearPermit permit) {
    Instant now = clock.instant();
    List<MachineAction> actions = ours(permit).stream().filter(action -> !permit.endedWith(action.id())).map(action -> settle(permit, action)).toList();
    actions.stream().filter(MachineAction::isFinal).forEach(action -> found(permit, action));
    Optional<MachineAction> pending = actions.stream().filter(action -> !action.isFinal()).findAny();
    boolean over = !now.isBefore(permit.until());
    if (pending.isPresent() && over) {
      stillPending(permit, pending.get());
    } else if (over || pending.isEmpty() && !actions.isEmpty() && permit.sends() == 1) {
      permits.end(permit, actions.isEmpty() ? "ABSENT" : actions.get(0).outcome());
    } else if (pending.isEmpty() || now.isAfter(permit.settledAt().plus(URGENT))) {
      permits.lookAgain(permit, now.plus(LATER));
    }
  }

  /** What Defender lists under our token, and the one whose id is known, which it may not list any more. */
  private List<MachineAction> ours(UnclearPermit permit) {
    List<MachineAction> listed = containment.allOurs(permit.mdeDeviceId(), permit.id(), permit.sentAt());
    boolean known = permit.mdeActionId() == null || listed.stream().anyMatch(action -> action.id().equals(permit.mdeActionId()));
    return known ? listed : Stream.concat(listed.stream(), containment.look(permit.mdeActionId()).stream()).toList();
  }

  /** The action as it stands after a cancel, where it was not final. */
  private MachineAction settle(UnclearPermit permit, MachineAction action) {
    return action.isFinal() ? action : containment.cancel(action.id(), permit.id()).orElse(action);
  }

  private void found(UnclearPermit permit, MachineAction action) {
    // how a session with a script ended says nothing of the process (contract mde, section 10, point 11)
    String result = permit.isIsolation() ? action.outcome() : "UNRESOLVED";
    boolean ran = "SUCCEEDED".equals(result);
    if (ran && permit.owned() && !permits.isReleaseIntended(permit, action.lastUpdate() == null ? clock.instant() : action.lastUpdate())) {
      return; // whoever took it up releases it
    }
    if (ran) {
      watch.notice(action);
    }
    prove(permit, action, result);
  }

  /** Defender should have dropped it by now. Somebody has to look; what it does in the end is seen like any isolation past Cordon. */
  private void stillPending(UnclearPermit permit, MachineAction action) {
    if (permit.isIsolation()) {
      watch.notice(action);
    }
    prove(permit, action, "UNRESOLVED");
    permits.end(permit, "STILL_PENDING");
  }

  private void prove(UnclearPermit permit, MachineAction action, String result) {
    transaction.executeWithoutResult(status -> {
      if (permits.isNews(permit, action.id())) {
        evidence.append(
            EvidenceEvent.ofCase(
                EvidenceType.ACTION_FOUND_LATE, permit.caseId(), null,
                Map.of("permit", permit.id(), "mdeAction", action.id(), "machine", permit.mdeDeviceId(), "result", result)));
        meters.counter("cordon.late.found", "result", result).increment();
      }
    });
  }
}
