package io.cordon.playbook;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.PlaybookStarter;
import io.cordon.gate.Withdrawal;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Execution;
import org.springframework.stereotype.Component;

/** Starts the playbook of a case and brings it what later alerts say, in the transaction of the intake. */
@Component
class CaseNews implements PlaybookStarter {
  static final String GRAVER = "cordon.caseGraver";

  /** What comes when nothing more is done to the machine: who reviews, and who is told. */
  private static final String[] REVIEWS = {"userTask_decideNext", "userTask_reviewOutcome"};
  private static final String FAREWELL = "serviceTask_closeChannels";

  private final RuntimeService runtime;
  private final TaskService tasks;
  private final CaseBook cases;
  private final Withdrawal withdrawal;

  CaseNews(RuntimeService runtime, TaskService tasks, CaseBook cases, Withdrawal withdrawal) {
    this.runtime = runtime;
    this.tasks = tasks;
    this.cases = cases;
    this.withdrawal = withdrawal;
  }

  @Override
  public void caseOpened(String caseId) {
    runtime.startProcessInstanceByKey("receiveAlert", caseId);
  }

  @Override
  public boolean works(String caseId) {
    return tasks.createTaskQuery().processInstanceBusinessKey(caseId).taskDefinitionKeyIn(REVIEWS).count() == 0
        && runtime.createExecutionQuery().processInstanceBusinessKey(caseId).activityId(FAREWELL).count() == 0;
  }

  @Override
  public void graver(String caseId) {
    Map<String, Object> news = Map.of("severity", cases.find(caseId).orElseThrow().severity(), "verdict", "VOIDED");
    for (Execution waiting :
        runtime.createExecutionQuery().processInstanceBusinessKey(caseId).messageEventSubscriptionName(GRAVER).list()) {
      EngineTurn.take(() -> runtime.messageEventReceived(GRAVER, waiting.getId(), news));
    }
  }

  @Override
  public void falsePositive(String caseId) {
    withdrawal.withdrawAsFalse(caseId);
  }
}
