package io.cordon.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.alerts.IntakeResult.Disposition;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceRef;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.sealed.SealedRef;
import io.cordon.platform.sealed.SealedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The front door: every alert ends in exactly one case, or is recorded as duplicate or quarantined. Alert, case, start
 * of the playbook and evidence of one alert commit together, one transaction an alert.
 */
public class AlertIntake {
  private final AlertParser parser = new AlertParser();
  private final AlertBook alerts;
  private final CaseBook cases;
  private final SealedStore sealed;
  private final EvidenceLog evidence;
  private final PlaybookStarter playbooks;
  private final TransactionTemplate transaction;

  AlertIntake(
      AlertBook alerts,
      CaseBook cases,
      SealedStore sealed,
      EvidenceLog evidence,
      PlaybookStarter playbooks,
      TransactionTemplate transaction) {
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
    for (JsonNode alert : parser.split(body)) {
      results.add(transaction.execute(status -> takeOne(alert)));
    }
    return results;
  }

  private IntakeResult takeOne(JsonNode json) {
    byte[] raw = parser.raw(json);
    Optional<String> id = AlertParser.id(json);
    if (id.isEmpty()) {
      return quarantine("no-id-" + sealed.fingerprint(raw).substring(0, 24), raw, "SYSTEM_ALERT_ID_MISSING", null);
    }
    try {
      return takeReadable(parser.read(id.get(), json));
    } catch (HostEntities.UnreadableEntities e) {
      return quarantine(id.get(), raw, "ENTITIES_UNREADABLE", id.get());
    }
  }

  private IntakeResult takeReadable(IncomingAlert alert) {
    Set<String> names = new java.util.HashSet<>(alert.aliases());
    names.add("alert:" + alert.systemAlertId());
    alerts.lock(names);
    String hash = sealed.fingerprint(alert.raw());
    List<AlertBook.Seen> seen = alerts.seen(alert.systemAlertId());
    if (seen.stream().anyMatch(version -> version.contentHash().equals(hash))) {
      return duplicate(alert, seen.get(0).caseId());
    }
    // locked: a case that closes at this moment takes no more alerts
    Optional<String> caseOfId = seen.stream().flatMap(version -> cases.lockOpen(version.caseId()).stream()).findFirst();
    Optional<String> joined = caseOfId.or(() -> cases.openCaseOf(alert.aliases()).flatMap(cases::lockOpen));
    String caseId = joined.orElseGet(() -> cases.open(alert));
    Disposition disposition =
        caseOfId.isPresent() ? Disposition.UPDATED : joined.isPresent() ? Disposition.JOINED : Disposition.OPENED;
    alerts.record(alert.systemAlertId(), hash, Optional.of(caseId), disposition, null, alert.severity());
    cases.raiseSeverity(caseId, alert.severity());
    prove(alert, caseId, disposition);
    if (disposition == Disposition.OPENED) {
      playbooks.caseOpened(caseId);
    }
    return new IntakeResult(alert.systemAlertId(), caseId, disposition, null);
  }

  private void prove(IncomingAlert alert, String caseId, Disposition disposition) {
    SealedRef raw = sealed.seal(caseId, "alert", alert.raw());
    Map<String, Object> facts =
        Map.of("systemAlertId", alert.systemAlertId(), "severity", alert.severity(), "detector", alert.detector());
    var refs = List.of(new EvidenceRef("alert", raw.sha256(), true));
    boolean update = disposition == Disposition.UPDATED;
    evidence.append(
        new EvidenceEvent(update ? EvidenceType.ALERT_UPDATED : EvidenceType.ALERT_RECEIVED, caseId, null, facts, refs));
    if (!update) {
      EvidenceType type = disposition == Disposition.OPENED ? EvidenceType.CASE_OPENED : EvidenceType.CASE_JOINED;
      evidence.append(new EvidenceEvent(type, caseId, null, Map.of("systemAlertId", alert.systemAlertId()), List.of()));
    }
  }

  private IntakeResult duplicate(IncomingAlert alert, String caseId) {
    evidence.append(
        new EvidenceEvent(EvidenceType.ALERT_DUPLICATE, caseId, null, Map.of("systemAlertId", alert.systemAlertId()), List.of()));
    return new IntakeResult(alert.systemAlertId(), caseId, Disposition.DUPLICATE, null);
  }

  private IntakeResult quarantine(String key, byte[] raw, String reason, String systemAlertId) {
    SealedRef ref = sealed.seal(null, "alert", raw);
    alerts.record(key, sealed.fingerprint(raw), Optional.empty(), Disposition.QUARANTINED, reason, null);
    evidence.append(
        new EvidenceEvent(
            EvidenceType.ALERT_QUARANTINED, null, null, Map.of("reason", reason), List.of(new EvidenceRef("alert", ref.sha256(), true))));
    return new IntakeResult(systemAlertId, null, Disposition.QUARANTINED, reason);
  }
}
