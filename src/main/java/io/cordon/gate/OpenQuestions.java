package io.cordon.gate;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import java.time.Clock;
import java.util.Map;

/** What was asked in a case and makes way when another playbook takes the case over. Every call is in the caller's transaction. */
public class OpenQuestions {
  private final ApprovalRequests requests;
  private final Permits permits;
  private final EvidenceLog evidence;
  private final Clock clock;

  OpenQuestions(ApprovalRequests requests, Permits permits, EvidenceLog evidence, Clock clock) {
    this.requests = requests;
    this.permits = permits;
    this.evidence = evidence;
    this.clock = clock;
  }

  /** Whether an action of the case is on its way; it is followed to its end, or taken back, before there is another. */
  public boolean isActing(String caseId) {
    requests.ofCase(caseId).forEach(request -> requests.lock(request.id()));
    return permits.ofCase(caseId).stream().anyMatch(permit -> permit.settledAt() == null);
  }

  /** Takes everything back that was asked in the case and not carried out. */
  public void voidAll(String caseId, String reason) {
    for (ApprovalRequest found : requests.ofCase(caseId)) {
      if (requests.lock(found.id()).filter(this::stands).isPresent()) {
        requests.end(found.id(), ApprovalState.VOIDED, clock.instant());
        evidence.append(EvidenceEvent.ofCase(EvidenceType.APPROVAL_VOIDED, caseId, null, Map.of("approval", found.id(), "reason", reason)));
      }
    }
  }

  private boolean stands(ApprovalRequest request) {
    boolean carriedOut = permits.ofCase(request.caseId()).stream().anyMatch(permit -> permit.approvalId().equals(request.id()));
    return request.state().isLive() || request.state() == ApprovalState.GRANTED && !carriedOut;
  }
}
