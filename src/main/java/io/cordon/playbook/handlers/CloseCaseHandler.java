package io.cordon.playbook.handlers;

import io.cordon.alerts.CaseBook;
import io.cordon.channels.TaskPages;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceRef;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.ApprovalState;
import io.cordon.platform.sealed.SealedStore;
import io.cordon.playbook.PlaybookTasks;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.Work;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Closes the case, so that its machine can have a new one, and takes back the reminder of its tasks. */
@Component
class CloseCaseHandler implements TopicHandler {
  private final CaseBook cases;
  private final ApprovalRequests requests;
  private final EvidenceLog evidence;
  private final TaskPages pages;
  private final SealedStore sealed;
  private final TransactionTemplate transaction;

  CloseCaseHandler(
      CaseBook cases, ApprovalRequests requests, EvidenceLog evidence, TaskPages pages, SealedStore sealed, TransactionTemplate transaction) {
    this.sealed = sealed;
    this.cases = cases;
    this.requests = requests;
    this.evidence = evidence;
    this.pages = pages;
    this.transaction = transaction;
  }

  @Override
  public String topic() {
    return "case.close";
  }

  @Override
  public Map<String, Object> handle(Work work) {
    transaction.executeWithoutResult(status -> close(work.caseId(), outcome(work)));
    if (Boolean.TRUE.equals(work.variables().get("reminded")) || Boolean.TRUE.equals(work.variables().get("waited"))) {
      settle(work);
    }
    return Map.of();
  }

  private void close(String caseId, String outcome) {
    if (cases.close(caseId, outcome)) {
      List<EvidenceRef> ticket = ticket(caseId);
      evidence.append(new EvidenceEvent(EvidenceType.CASE_CLOSED, caseId, null,
          Map.of("outcome", outcome, "ticket", ticket.isEmpty() ? "NOT_GIVEN" : "GIVEN"), ticket));
    }
  }

  /** The change's number in the ticket system as the last of the forms got it; what people type stays sealed. */
  private List<EvidenceRef> ticket(String caseId) {
    return sealed.ofCase(caseId).stream().filter(item -> PlaybookTasks.CHANGE_TICKET.equals(item.kind())).reduce((earlier, later) -> later)
        .map(item -> new EvidenceRef(item.kind(), item.sha256(), true)).stream().toList();
  }

  private String outcome(Work work) {
    if ("DISMISS".equals(work.variables().get("triageDecision"))) {
      return "DISMISSED";
    }
    List<ApprovalRequest> asked = requests.ofCase(work.caseId());
    boolean takenBack = !asked.isEmpty() && asked.get(asked.size() - 1).state() == ApprovalState.WITHDRAWN;
    return takenBack ? "WITHDRAWN" : "HANDLED";
  }

  // a page that cannot be taken back must not keep the process of a closed case alive for ever
  private void settle(Work work) {
    try {
      pages.settle(work.caseId());
    } catch (RuntimeException e) {
      if (!work.lastTry()) {
        throw e;
      }
      evidence.append(EvidenceEvent.ofCase(EvidenceType.NOTIFY_FAILED, work.caseId(), null, Map.of("channel", "PAGERDUTY")));
    }
  }
}
