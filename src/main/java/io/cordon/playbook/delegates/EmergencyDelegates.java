package io.cordon.playbook.delegates;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.BreakGlass;
import io.cordon.gate.PlanFacts;
import io.cordon.gate.Plans;
import io.cordon.gate.policy.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What emergency-containment calls: make its plan, and record the moment in which two leads agreed. */
@Configuration(proxyBeanMethods = false)
class EmergencyDelegates {
  private static final Duration REVIEWED_WITHIN = Duration.ofDays(3);

  private final CaseBook cases;
  private final Plans plans;
  private final ApprovalRequests requests;
  private final BreakGlass glass;
  private final Clock clock;

  EmergencyDelegates(CaseBook cases, Plans plans, ApprovalRequests requests, BreakGlass glass, Clock clock) {
    this.cases = cases;
    this.plans = plans;
    this.requests = requests;
    this.glass = glass;
    this.clock = clock;
  }

  @Bean
  JavaDelegate makeEmergencyPlan() {
    return execution -> execution.setVariable("planId", plans.make(facts(execution)).id());
  }

  private PlanFacts facts(DelegateExecution execution) {
    CaseView about = cases.find(execution.getProcessBusinessKey()).orElseThrow();
    int policy = (Integer) Objects.requireNonNullElse(execution.getVariable("policyVersion"), 0);
    return new PlanFacts(
        about.id(), about.mdeDeviceId(), about.arcId(), about.machineName(), about.clinicalService(), Route.EMERGENCY, policy,
        MakePlanDelegate.version(execution));
  }

  @Bean
  JavaDelegate recordBreakGlass() {
    return execution -> {
      glass.broken(requests.find((String) execution.getVariable("approvalId")).orElseThrow());
      execution.setVariable("reviewDueAt", Date.from(clock.instant().plus(REVIEWED_WITHIN)));
    };
  }
}
