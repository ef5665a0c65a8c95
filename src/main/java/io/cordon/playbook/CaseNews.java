package io.cordon.playbook;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.PlaybookStarter;
import io.cordon.gate.Withdrawal;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Execution;
import org.springframework.stereotype.Component;

/** Starts the playbook of a case and brings it what later alerts say, in the transaction of the intake. */
@Component
class CaseNews implements PlaybookStarter {
  static final String GRAVER = "cordon.caseGraver";

  private final RuntimeService runtime;
  private final CaseBook cases;
  private final Withdrawal withdrawal;

  CaseNews(RuntimeService runtime, CaseBook cases, Withdrawal withdrawal) {
    this.runtime = runtime;
    this.cases = cases;
    this.withdrawal = withdrawal;
  }

  @Override
  public void caseOpened(String caseId) {
    runtime.startProcessInstanceByKey("receiveAlert", caseId);
  }

  @Override
  public void graver(String caseId) {
    Map<String, Object> news = Map.of("severity", cases.find(caseId).orElseThrow().severity(), "verdict", "VOIDED");
    for (Execution waiting :
        runtime.createExecutionQuery().processInstanceBusinessKey(caseId).messageEventSubscriptionName(GRAVER).list()) {
      runtime.messageEventReceived(GRAVER, waiting.getId(), news);
    }
  }

  @Override
  public void falsePositive(String caseId) {
    withdrawal.withdrawAsFalse(caseId);
  }
}
