package io.cordon.playbook.delegates;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.gate.Plan;
import io.cordon.gate.PlanFacts;
import io.cordon.gate.Plans;
import io.cordon.gate.policy.Route;
import io.cordon.playbook.campaign.CampaignTarget;
import io.cordon.playbook.campaign.CampaignTargets;
import io.cordon.playbook.campaign.PlanTargets;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Makes the plan that Clinical Ops is asked about. */
@Component("makePlan")
class MakePlanDelegate implements JavaDelegate {
  private final CaseBook cases;
  private final Plans plans;
  private final CampaignTargets campaigns;

  MakePlanDelegate(CaseBook cases, Plans plans, CampaignTargets campaigns) {
    this.campaigns = campaigns;
    this.cases = cases;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Integer service = (Integer) execution.getVariable("service");
    Plan plan = service == null ? forItsMachine(execution) : forSeveral(execution, service);
    execution.setVariable("planId", plan.id());
    execution.setVariable("tier", 1);
  }

  private Plan forItsMachine(DelegateExecution execution) {
    CaseView view = cases.find(execution.getProcessBusinessKey()).orElseThrow();
    return plans.make(
        new PlanFacts(
            view.id(),
            view.mdeDeviceId(),
            view.arcId(),
            view.machineName(),
            view.clinicalService(),
            PolicyVariables.route(execution),
            (Integer) execution.getVariable("policyVersion"),
            version(execution)));
  }

  /** Several machines at once are never routine: whatever the policy says of each, they go the strictest way. */
  private Plan forSeveral(DelegateExecution execution, int service) {
    List<CampaignTarget> machines = campaigns.ofService(execution.getProcessBusinessKey(), service);
    CampaignTarget first = machines.get(0);
    PlanFacts facts =
        new PlanFacts(
            execution.getProcessBusinessKey(), first.mdeDeviceId(), first.arcId(), first.machineName(), first.clinicalService(), Route.STRICTEST,
            (Integer) execution.getVariable("policyVersion"), version(execution));
    return plans.make(facts, PlanTargets.of(machines));
  }

  /** Process definition ids read {@code key:version:id}. */
  static int version(DelegateExecution execution) {
    return Integer.parseInt(execution.getProcessDefinitionId().split(":")[1]);
  }
}
