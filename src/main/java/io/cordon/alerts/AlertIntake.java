package io.cordon.alerts;

import io.cordon.alerts.IntakeResult.Disposition;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceRef;
import io.cordon.evidence.EvidenceType;
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
  private final SealedStore sealed;
  private final EvidenceLog evidence;
  private final PlaybookStarter playbooks;
  private final TransactionTemplate transaction;

  AlertIntake(
      NameLocks locks,
      AlertBook alerts,
      CaseBook cases,
      SealedStore sealed,
      EvidenceLog evidence,
      PlaybookStarter playbooks,
      TransactionTemplate transaction) {
    this.locks = locks;
    this.alerts = alerts;
    this.cases = cases;
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
      results.add(transaction.execute(status -> takeOne(alert)));
    }
    return results;
  }

  /** Keeps what could not be taken as an alert: sealed and quarantined for a reason, which is a code. */
  public IntakeResult setAside(byte[] raw, String reason) {
    return transaction.execute(status -> quarantine("no-id-" + sealed.fingerprint(raw).substring(0, 24), raw, reason, null));
  }

  private IntakeResult takeOne(AlertShapes.Found found) {
    byte[] raw = parser.raw(found.json());
    Optional<String> id = AlertReaders.id(found);
    if (id.isEmpty()) {
      String reason = found.shape() == AlertShapes.Shape.UNKNOWN ? "SHAPE_UNKNOWN" : "SYSTEM_ALERT_ID_MISSING";
      return quarantine("no-id-" + sealed.fingerprint(raw).substring(0, 24), raw, reason, null);
    }
    try {
      return takeReadable(parser.read(id.get(), found));
    } catch (EntityGraph.UnreadableEntities e) {
      return quarantine(id.get(), raw, "ENTITIES_UNREADABLE", id.get());
    }
  }

  private IntakeResult takeReadable(IncomingAlert alert) {
    locks.lock(names(alert));
    String hash = sealed.fingerprint(alert.raw());
    List<AlertBook.Seen> seen = alerts.seen(alert.systemAlertId());
    if (seen.stream().anyMatch(version -> version.contentHash().equals(hash))) {
      return duplicate(alert, seen.get(0).caseId());
    }
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

  private Placed place(IncomingAlert alert, List<AlertBook.Seen> seen) {
    // locked: a case that closes at this moment takes no more alerts
    Optional<CaseBook.OpenCase> same = seen.stream().findFirst().flatMap(version -> cases.lockOpen(version.caseId()));
    if (!seen.isEmpty() && !isWorseThanWasDealtWith(alert, seen.get(0).caseId(), same)) {
      return new Placed(seen.get(0).caseId(), Disposition.UPDATED, same.isPresent() && cases.add(same.get(), alert, true));
    }
    Optional<CaseBook.OpenCase> copy = alert.vendorId().flatMap(alerts::caseOfCopy).flatMap(cases::lockOpen).filter(open -> !open.letGo());
    if (copy.isPresent()) {
      return new Placed(copy.get().id(), Disposition.JOINED, cases.add(copy.get(), alert, true));
    }
    return cases.openCaseOf(alert.aliases())
        .flatMap(cases::lockOpen)
        .map(open -> new Placed(open.id(), Disposition.JOINED, cases.add(open, alert, false)))
        .orElseGet(() -> new Placed(cases.open(alert), Disposition.OPENED, false));
  }

  /** News about an alert whose case is closed, or let its machine go, opens a new one only if it is worse than that was. */
  private boolean isWorseThanWasDealtWith(IncomingAlert alert, String caseId, Optional<CaseBook.OpenCase> open) {
    boolean dealtWith = open.isEmpty() || open.get().letGo();
    return dealtWith && !alert.falsePositive() && Severity.isGraver(alert.severity(), cases.find(caseId).orElseThrow().severity());
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
    evidence.append(
        new EvidenceEvent(update ? EvidenceType.ALERT_UPDATED : EvidenceType.ALERT_RECEIVED, placed.caseId(), null, facts, refs));
    if (!update) {
      EvidenceType type = placed.disposition() == Disposition.OPENED ? EvidenceType.CASE_OPENED : EvidenceType.CASE_JOINED;
      evidence.append(new EvidenceEvent(type, placed.caseId(), null, Map.of("systemAlertId", alert.systemAlertId()), List.of()));
    }
  }

  private IntakeResult duplicate(IncomingAlert alert, String caseId) {
    evidence.append(
        new EvidenceEvent(EvidenceType.ALERT_DUPLICATE, caseId, null, Map.of("systemAlertId", alert.systemAlertId()), List.of()));
    return new IntakeResult(alert.systemAlertId(), caseId, Disposition.DUPLICATE, null);
  }

  private IntakeResult quarantine(String key, byte[] raw, String reason, String systemAlertId) {
    SealedRef ref = sealed.seal(null, "alert", raw);
    alerts.recordQuarantined(key, sealed.fingerprint(raw), reason);
    evidence.append(
        new EvidenceEvent(
            EvidenceType.ALERT_QUARANTINED, null, null, Map.of("reason", reason), List.of(new EvidenceRef("alert", ref.sha256(), true))));
    return new IntakeResult(systemAlertId, null, Disposition.QUARANTINED, reason);
  }
}
