package io.cordon.playbook.delegates;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.gate.Plan;
import io.cordon.gate.PlanFacts;
import io.cordon.gate.Plans;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Makes the plan that Clinical Ops is asked about. */
@Component("makePlan")
class MakePlanDelegate implements JavaDelegate {
  private final CaseBook cases;
  private final Plans plans;

  MakePlanDelegate(CaseBook cases, Plans plans) {
    this.cases = cases;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    CaseView view = cases.find(execution.getProcessBusinessKey()).orElseThrow();
    Plan plan =
        plans.make(
            new PlanFacts(
                view.id(),
                view.mdeDeviceId(),
                view.arcId(),
                view.machineName(),
                view.clinicalService(),
                PolicyVariables.route(execution),
                (Integer) execution.getVariable("policyVersion"),
                version(execution)));
    execution.setVariable("planId", plan.id());
    execution.setVariable("tier", 1);
  }

  /** Process definition ids read {@code key:version:id}. */
  static int version(DelegateExecution execution) {
    return Integer.parseInt(execution.getProcessDefinitionId().split(":")[1]);
  }
}
