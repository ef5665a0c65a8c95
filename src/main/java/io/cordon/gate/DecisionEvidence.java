package io.cordon.gate;

import io.cordon.evidence.CanonicalJson;
import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceRef;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.platform.sealed.SealedStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the log says of an answer, whether it was taken or not, in the caller's transaction. */
final class DecisionEvidence {
  private final ApprovalRequests requests;
  private final ApprovalDecisions decisions;
  private final ApprovalBasis basis;
  private final MaintenanceWindows windows;
  private final SealedStore sealed;
  private final EvidenceLog evidence;

  DecisionEvidence(
      ApprovalRequests requests, ApprovalDecisions decisions, ApprovalBasis basis, MaintenanceWindows windows, SealedStore sealed, EvidenceLog evidence) {
    this.requests = requests;
    this.decisions = decisions;
    this.basis = basis;
    this.windows = windows;
    this.sealed = sealed;
    this.evidence = evidence;
  }

  /** @param hash of the decision that the answer binds or agrees to; empty when it is no yes */
  void taken(ApprovalRequest request, Decision decision, Standing.Source vouching, EvidenceType type, String outcome, String hash) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("approval", request.id());
    facts.put("requestRevision", request.requestRevision());
    facts.put("outcome", outcome);
    facts.put("reason", decision.reasonCode());
    facts.put("vouchedBy", vouching.name());
    if (decision.seen().machinesAtOnce() > 0) {
      facts.put("machinesAtOnce", decision.seen().machinesAtOnce());
    }
    if (!hash.isEmpty()) {
      facts.put("decisionHash", hash);
      facts.putAll(chosen(request.id()));
    }
    evidence.append(new EvidenceEvent(type, request.caseId(), actor(request, decision), facts, words(request, decision)));
  }

  /** The request as bound: a second approval is for what the first one chose. */
  private Map<String, Object> chosen(String approvalId) {
    ApprovalRequest bound = requests.find(approvalId).orElseThrow();
    Map<String, Object> facts = new HashMap<>();
    facts.put("windowFrom", bound.windowFrom().toString());
    facts.put("windowTo", bound.windowTo().toString());
    facts.put("backBy", bound.backBy().toString());
    facts.put("procedureImpact", bound.procedureImpact().name());
    facts.put("zone", windows.zone().getId());
    basis.of(approvalId).ifPresent(seen -> {
      facts.put("windowFromCalendar", seen.offeredWindow() != null);
      facts.put("clearanceSeen", Objects.requireNonNullElse(seen.clearance(), "NONE"));
    });
    Set<String> leftOut = decisions.leftOut(approvalId);
    if (!leftOut.isEmpty()) {
      facts.put("leftOut", new String(CanonicalJson.write(Map.of("machines", leftOut.stream().sorted().toList())), StandardCharsets.UTF_8));
    }
    return facts;
  }

  /** What the person typed, and the name they had when they answered; the log points at both and holds neither. */
  private List<EvidenceRef> words(ApprovalRequest request, Decision decision) {
    List<EvidenceRef> refs = new ArrayList<>(name(request, decision.person()));
    seal(request, "comment", decision.comment()).ifPresent(refs::add);
    return refs;
  }

  /** The name somebody has now, sealed; empty without one. */
  List<EvidenceRef> name(ApprovalRequest request, Person person) {
    return seal(request, "person", person.displayName()).stream().toList();
  }

  private Optional<EvidenceRef> seal(ApprovalRequest request, String kind, String words) {
    return words == null || words.isBlank()
        ? Optional.empty()
        : Optional.of(new EvidenceRef(kind, sealed.seal(request.caseId(), kind, words.getBytes(StandardCharsets.UTF_8)).sha256(), true));
  }

  /** Every answer that changes nothing is kept, so that the log shows who tried what. */
  void refused(ApprovalRequest request, Decision decision, String why) {
    evidence.append(
        new EvidenceEvent(
            EvidenceType.DECISION_REFUSED,
            request.caseId(),
            new EvidenceActor(decision.person().tid(), decision.person().oid(), Actors.roleOf(decision.person())),
            Map.of("approval", request.id(), "refusal", why),
            List.of()));
  }

  /** The role in which a person answers. */
  static String actingRole(ApprovalRequest request, Decision decision) {
    return decision.person().roles().contains(request.approverRole()) ? request.approverRole() : Role.SECURITY_LEAD.claim();
  }

  private static EvidenceActor actor(ApprovalRequest request, Decision decision) {
    return new EvidenceActor(decision.person().tid(), decision.person().oid(), actingRole(request, decision));
  }
}
