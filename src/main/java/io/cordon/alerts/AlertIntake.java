package io.cordon.alerts;

import io.cordon.alerts.IntakeResult.Disposition;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceRef;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.database.Again;
import io.cordon.platform.sealed.SealedRef;
import io.cordon.platform.sealed.SealedStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The front door: every alert ends in exactly one case, or is recorded as duplicate or quarantined. Alert, case, start
 * of the playbook and evidence of one alert commit together, one transaction an alert.
 */
public class AlertIntake {
  /** Bytes of the largest body that is taken. */
  public static final int LARGEST_BODY = AlertParser.LARGEST_BODY;

  private final AlertParser parser = new AlertParser();
  private final NameLocks locks;
  private final AlertBook alerts;
  private final CaseBook cases;
  private final Quarantine quarantine;
  private final SealedStore sealed;
  private final EvidenceLog evidence;
  private final PlaybookStarter playbooks;
  private final TransactionTemplate transaction;

  AlertIntake(
      NameLocks locks,
      AlertBook alerts,
      CaseBook cases,
      Quarantine quarantine,
      SealedStore sealed,
      EvidenceLog evidence,
      PlaybookStarter playbooks,
      TransactionTemplate transaction) {
    this.locks = locks;
    this.alerts = alerts;
    this.cases = cases;
    this.quarantine = quarantine;
    this.sealed = sealed;
    this.evidence = evidence;
    this.playbooks = playbooks;
    this.transaction = transaction;
  }

  /**
   * Takes a body of one or many alerts and says what became of each, in their order.
   *
   * @throws UnreadableAlertException when the body as a whole cannot be taken; then nothing of it was
   */
  public List<IntakeResult> take(byte[] body) {
    List<IntakeResult> results = new ArrayList<>();
    for (AlertShapes.Found alert : parser.split(body)) {
      results.add(takeOne(alert));
    }
    return results;
  }

  /** Keeps what could not be taken as an alert: sealed and quarantined for a reason, which is a code. */
  public IntakeResult setAside(byte[] raw, String reason) {
    return setAside(Optional.empty(), raw, reason);
  }

  private IntakeResult takeOne(AlertShapes.Found found) {
    byte[] raw = parser.raw(found.json());
    Optional<String> id = AlertReaders.id(found);
    if (id.isEmpty()) {
      return setAside(id, raw, found.shape() == AlertShapes.Shape.UNKNOWN ? "SHAPE_UNKNOWN" : "SYSTEM_ALERT_ID_MISSING");
    }
    IncomingAlert alert;
    try {
      alert = parser.read(id.get(), found, raw);
    } catch (EntityGraph.UnreadableEntities e) {
      return setAside(id, raw, "ENTITIES_UNREADABLE");
    }
    String hash = sealed.fingerprint(raw);
    // what was taken before stays taken: a copy needs no turn, and its entry is the only thing to write
    return duplicate(alert, alerts.seen(alert, hash)).orElseGet(() -> Again.transaction(transaction, () -> takeInTurn(alert, hash)));
  }

  private IntakeResult setAside(Optional<String> id, byte[] raw, String reason) {
    return transaction.execute(status -> quarantine.take(id, raw, reason));
  }

  private IntakeResult takeInTurn(IncomingAlert alert, String hash) {
    locks.lock(names(alert));
    Optional<AlertBook.Seen> seen = alerts.seen(alert, hash);
    return duplicate(alert, seen).orElseGet(() -> take(alert, hash, seen));
  }

  private IntakeResult take(IncomingAlert alert, String hash, Optional<AlertBook.Seen> seen) {
    Placed placed = place(alert, seen);
    alerts.record(alert, hash, placed.caseId(), placed.disposition());
    prove(alert, placed);
    follow(alert, placed);
    return new IntakeResult(alert.systemAlertId(), placed.caseId(), placed.disposition(), null);
  }

  /** Everything under which another copy could come in at this moment. */
  private static Set<String> names(IncomingAlert alert) {
    Set<String> names = new HashSet<>(alert.aliases());
    names.add("alert:" + alert.systemAlertId());
    alert.vendorId().ifPresent(id -> names.add("vendor:" + id));
    return names;
  }

  /**
   * Where an alert belongs.
   *
   * @param graver whether it makes an open case graver than it was, so that people must look again
   */
  private record Placed(String caseId, Disposition disposition, boolean graver) {}

  private Placed place(IncomingAlert alert, Optional<AlertBook.Seen> seen) {
    if (seen.isPresent()) {
      String known = seen.get().caseId();
      Optional<CaseBook.OpenCase> open = working(known);
      if (open.isPresent() || !isWorseThanWasDealtWith(alert, known)) {
        boolean graver = open.map(of -> cases.add(of, alert, true)).orElse(false);
        return new Placed(known, seen.get().own() ? Disposition.UPDATED : Disposition.JOINED, graver);
      }
    }
    return cases.openCaseOf(alert.aliases())
        .flatMap(this::working)
        .map(open -> new Placed(open.id(), Disposition.JOINED, cases.add(open, alert, false)))
        .orElseGet(() -> new Placed(cases.open(alert), Disposition.OPENED, false));
  }

  /** The case, locked so that it cannot close meanwhile, if it takes more alerts: not when it only waits for a review. */
  private Optional<CaseBook.OpenCase> working(String caseId) {
    return cases.lockWorking(caseId, playbooks::works);
  }

  /** News about an alert whose case is over opens a new one only if it is worse than that was. */
  private boolean isWorseThanWasDealtWith(IncomingAlert alert, String caseId) {
    return !alert.falsePositive() && Severity.isGraver(alert.severity(), cases.find(caseId).orElseThrow().severity());
  }

  private void follow(IncomingAlert alert, Placed placed) {
    boolean opened = placed.disposition() == Disposition.OPENED;
    if (alert.falsePositive() && opened) {
      cases.close(placed.caseId(), "FALSE_POSITIVE");
      evidence.append(
          new EvidenceEvent(EvidenceType.CASE_CLOSED, placed.caseId(), null, Map.of("outcome", "FALSE_POSITIVE"), List.of()));
    } else if (opened) {
      playbooks.caseOpened(placed.caseId());
    } else if (alert.falsePositive() && alerts.onlyFalsePositives(placed.caseId())) {
      playbooks.falsePositive(placed.caseId());
    } else if (placed.graver()) {
      playbooks.graver(placed.caseId());
    }
  }

  private void prove(IncomingAlert alert, Placed placed) {
    SealedRef raw = sealed.seal(placed.caseId(), "alert", alert.raw());
    Map<String, Object> facts = new HashMap<>(Map.of(
        "systemAlertId", alert.systemAlertId(), "severity", alert.severity(), "detector", alert.detector(),
        "tactics", String.join(",", alert.tactics()), "falsePositive", alert.falsePositive()));
    if (!alert.processIds().isEmpty()) {
      facts.put("processIds", alert.processIds().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    var refs = List.of(new EvidenceRef("alert", raw.sha256(), true));
    boolean update = placed.disposition() == Disposition.UPDATED;
    List<EvidenceEvent> events = new ArrayList<>();
    events.add(new EvidenceEvent(update ? EvidenceType.ALERT_UPDATED : EvidenceType.ALERT_RECEIVED, placed.caseId(), null, facts, refs));
    if (!update) {
      EvidenceType type = placed.disposition() == Disposition.OPENED ? EvidenceType.CASE_OPENED : EvidenceType.CASE_JOINED;
      events.add(EvidenceEvent.ofCase(type, placed.caseId(), null, Map.of("systemAlertId", alert.systemAlertId())));
    }
    evidence.appendAll(events);
  }

  /** The answer to an alert of which this very version was seen before. */
  private Optional<IntakeResult> duplicate(IncomingAlert alert, Optional<AlertBook.Seen> seen) {
    return seen.filter(AlertBook.Seen::same).map(version -> {
      evidence.append(
          EvidenceEvent.ofCase(EvidenceType.ALERT_DUPLICATE, version.caseId(), null, Map.of("systemAlertId", alert.systemAlertId())));
      return new IntakeResult(alert.systemAlertId(), version.caseId(), Disposition.DUPLICATE, null);
    });
  }
}
