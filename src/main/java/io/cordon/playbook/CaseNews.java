package io.cordon.playbook;

import io.cordon.alerts.PlaybookStarter;
import io.cordon.gate.ApprovalDesk;
import io.cordon.gate.Withdrawal;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Execution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Starts the playbook of a case and brings it what later alerts say, in the transaction of the intake. */
@Component
class CaseNews implements PlaybookStarter {
  static final String GRAVER = "cordon.caseGraver";

  /** What comes when nothing more is done to the machine: who reviews, who is told, how the case closes. */
  private static final String[] AFTERWARDS = {
    "userTask_decideNext", "userTask_reviewOutcome", "userTask_reviewAfterEmergency", "serviceTask_closeChannels", "serviceTask_closeHandled",
    "serviceTask_closeDismissed", "serviceTask_closeEmergency", "userTask_reviewControl", "userTask_takeBack", "userTask_takeBackEarlier",
    "serviceTask_closeCompensated", "callActivity_closeHandled", "callActivity_closeDismissed", "callActivity_closeEmergency",
    "callActivity_closeCompensated"
  };

  /** An emergency is reviewed while the machine is still isolated; of several machines one is reviewed while others wait. */
  private static final String[] ACTING = {
    "callActivity_approve", "gateway_wait", "serviceTask_recheck", "userTask_goOn", "callActivity_performAction", "callActivity_releaseHost"
  };

  private final RuntimeService runtime;
  private final JdbcClient jdbc;
  private final ApprovalDesk desk;
  private final Withdrawal withdrawal;

  CaseNews(RuntimeService runtime, JdbcClient jdbc, ApprovalDesk desk, Withdrawal withdrawal) {
    this.runtime = runtime;
    this.jdbc = jdbc;
    this.desk = desk;
    this.withdrawal = withdrawal;
  }

  @Override
  public void caseOpened(String caseId) {
    runtime.startProcessInstanceByKey("receiveAlert", caseId);
  }

  @Override
  public Set<String> working(Collection<String> caseIds) {
    Set<String> working = new HashSet<>(caseIds);
    if (!working.isEmpty()) {
      // asked for every alert that joins, where the engine's own query spends more time building its SQL than this one takes
      jdbc.sql(
              """
              select playbook.business_key_ from act_ru_execution playbook join act_ru_execution step on step.proc_inst_id_ = playbook.id_
               where playbook.business_key_ = any(:cases)
               group by playbook.business_key_
              having bool_or(step.act_id_ = any(:afterwards)) and not coalesce(bool_or(step.act_id_ = any(:acting)), false)""")
          .param("cases", caseIds.toArray(String[]::new))
          .param("afterwards", AFTERWARDS)
          .param("acting", ACTING)
          .query(String.class)
          .list()
          .forEach(working::remove);
    }
    return working;
  }

  @Override
  public void graver(String caseId) {
    desk.supersede(caseId); // first, since it waits for whoever answers at this moment and may end the playbook's wait
    Map<String, Object> news = Map.of("verdict", "VOIDED");
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
