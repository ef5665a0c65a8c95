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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes down alerts that have their case: the alerts, what they hold sealed, and the evidence; each in one statement for all. */
final class IntakeRecord {
  private final AlertBook alerts;
  private final NamedProcesses processes;
  private final SealedStore sealed;
  private final EvidenceLog evidence;

  IntakeRecord(AlertBook alerts, NamedProcesses processes, SealedStore sealed, EvidenceLog evidence) {
    this.alerts = alerts;
    this.processes = processes;
    this.sealed = sealed;
    this.evidence = evidence;
  }

  /** In the caller's transaction, in their order. Of a duplicate there is only the evidence. */
  void write(List<Placed> placed) {
    List<Placed> fresh = placed.stream().filter(one -> !one.isDuplicate()).toList();
    List<SealedRef> raw = List.of();
    if (!fresh.isEmpty()) {
      alerts.record(fresh);
      processes.record(fresh);
      alerts.ofIncidents(fresh);
      raw = sealed.sealAll(fresh.stream().map(one -> new SealedStore.ToSeal(one.caseId(), "alert", one.alert().raw())).toList());
    }
    List<EvidenceEvent> events = new ArrayList<>();
    Iterator<SealedRef> next = raw.iterator();
    placed.forEach(one -> events.addAll(one.isDuplicate() ? List.of(named(EvidenceType.ALERT_DUPLICATE, one)) : taken(one, next.next())));
    evidence.appendAll(events);
  }

  /** The case was closed in the moment it was opened. */
  void closedAsFalse(String caseId) {
    evidence.append(new EvidenceEvent(EvidenceType.CASE_CLOSED, caseId, null, Map.of("outcome", "FALSE_POSITIVE"), List.of()));
  }

  private static List<EvidenceEvent> taken(Placed placed, SealedRef raw) {
    if (placed.disposition() == Disposition.UPDATED) {
      return List.of(alert(EvidenceType.ALERT_UPDATED, placed, raw));
    }
    EvidenceType type = placed.disposition() == Disposition.OPENED ? EvidenceType.CASE_OPENED : EvidenceType.CASE_JOINED;
    return List.of(alert(EvidenceType.ALERT_RECEIVED, placed, raw), named(type, placed));
  }

  private static EvidenceEvent alert(EvidenceType type, Placed placed, SealedRef raw) {
    IncomingAlert alert = placed.alert();
    Map<String, Object> facts = new HashMap<>(Map.of(
        "systemAlertId", alert.systemAlertId(), "severity", alert.severity(), "detector", alert.detector(),
        "tactics", String.join(",", alert.tactics()), "falsePositive", alert.falsePositive()));
    if (!alert.processIds().isEmpty()) {
      facts.put("processIds", alert.processIds().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    return new EvidenceEvent(type, placed.caseId(), null, facts, List.of(new EvidenceRef("alert", raw.sha256(), true)));
  }

  private static EvidenceEvent named(EvidenceType type, Placed placed) {
    return EvidenceEvent.ofCase(type, placed.caseId(), null, Map.of("systemAlertId", placed.alert().systemAlertId()));
  }
}
