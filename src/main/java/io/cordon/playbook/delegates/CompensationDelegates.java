package io.cordon.playbook.delegates;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.PlanFacts;
import io.cordon.gate.Plans;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What compensate-unix-host calls: make its plan, and record what people did around the host and that they took it back. */
@Configuration(proxyBeanMethods = false)
class CompensationDelegates {
  private final CaseBook cases;
  private final Plans plans;
  private final ApprovalRequests requests;
  private final EvidenceLog evidence;

  CompensationDelegates(CaseBook cases, Plans plans, ApprovalRequests requests, EvidenceLog evidence) {
    this.cases = cases;
    this.plans = plans;
    this.requests = requests;
    this.evidence = evidence;
  }

  @Bean
  JavaDelegate makeCompensatingPlan() {
    return execution -> {
      CaseView about = cases.find(execution.getProcessBusinessKey()).orElseThrow();
      // without a sensor there is no id to name it by; no machine of Defender has one like this
      String host = "unix:" + about.machineName();
      execution.setVariable(
          "planId",
          plans.makeCompensating(
                  new PlanFacts(
                      about.id(), Objects.requireNonNullElse(about.mdeDeviceId(), host), Objects.requireNonNullElse(about.arcId(), host),
                      about.machineName(), about.clinicalService(), PolicyVariables.route(execution),
                      (Integer) Objects.requireNonNullElse(execution.getVariable("policyVersion"), 0), MakePlanDelegate.version(execution)))
              .id());
    };
  }

  @Bean
  JavaDelegate recordControl() {
    return execution -> {
      record(execution, "APPLIED");
      execution.setVariable("takeBackBy", Date.from(approval(execution).backBy()));
    };
  }

  @Bean
  JavaDelegate recordTakenBack() {
    return execution -> record(execution, "TAKEN_BACK");
  }

  private void record(DelegateExecution execution, String step) {
    ApprovalRequest approval = approval(execution);
    evidence.append(
        EvidenceEvent.ofCase(
            EvidenceType.COMPENSATING_CONTROL, approval.caseId(), null,
            Map.of("control", execution.getVariable("control"), "step", step, "approval", approval.id(), "decisionHash", approval.decisionHash())));
  }

  private ApprovalRequest approval(DelegateExecution execution) {
    return requests.find((String) execution.getVariable("approvalId")).orElseThrow();
  }
}
