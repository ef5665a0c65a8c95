package io.cordon.playbook.delegates;

import io.cordon.alerts.CaseBook;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Closes the case; from then on its machine can have a new one. */
@Component("closeCase")
class CloseCaseDelegate implements JavaDelegate {
  private final CaseBook cases;
  private final EvidenceLog evidence;

  CloseCaseDelegate(CaseBook cases, EvidenceLog evidence) {
    this.cases = cases;
    this.evidence = evidence;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String caseId = execution.getProcessBusinessKey();
    String outcome = "DISMISS".equals(execution.getVariable("triageDecision")) ? "DISMISSED" : "HANDLED";
    if (cases.close(caseId, outcome)) {
      evidence.append(new EvidenceEvent(EvidenceType.CASE_CLOSED, caseId, null, Map.of("outcome", outcome), List.of()));
    }
  }
}
