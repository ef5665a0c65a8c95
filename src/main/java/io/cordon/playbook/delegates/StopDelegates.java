package io.cordon.playbook.delegates;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.alerts.NamedProcess;
import io.cordon.alerts.NamedProcesses;
import io.cordon.containment.StopSettings;
import io.cordon.gate.PlanFacts;
import io.cordon.gate.Plans;
import io.cordon.gate.StopOrder;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What stop-process calls: make its plan. */
@Configuration(proxyBeanMethods = false)
class StopDelegates {
  private final CaseBook cases;
  private final NamedProcesses processes;
  private final Plans plans;
  private final StopSettings settings;

  StopDelegates(CaseBook cases, NamedProcesses processes, Plans plans, StopSettings settings) {
    this.cases = cases;
    this.processes = processes;
    this.plans = plans;
    this.settings = settings;
  }

  @Bean
  JavaDelegate makeStopPlan() {
    return execution -> {
      execution.setVariable("planId", plans.makeStopping(facts(execution), order(execution)).id());
      execution.setVariable("tier", 1);
    };
  }

  private PlanFacts facts(DelegateExecution execution) {
    CaseView about = cases.find(execution.getProcessBusinessKey()).orElseThrow();
    return new PlanFacts(
        about.id(), about.mdeDeviceId(), about.arcId(), about.machineName(), about.clinicalService(), PolicyVariables.route(execution),
        (Integer) execution.getVariable("policyVersion"), MakePlanDelegate.version(execution));
  }

  private StopOrder order(DelegateExecution execution) {
    NamedProcess process = processes.find(execution.getProcessBusinessKey(), (Long) execution.getVariable("process")).orElseThrow();
    return new StopOrder(
        process.pid(), process.started(), process.sha256(), StopOrder.DataStatement.valueOf((String) execution.getVariable("dataStatement")),
        settings.script(), settings.scriptSha256());
  }
}
