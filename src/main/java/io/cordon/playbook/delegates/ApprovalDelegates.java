package io.cordon.playbook.delegates;

import io.cordon.gate.ApprovalDesk;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.LastLook;
import io.cordon.gate.Plans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What approve-maintenance-window calls: open or re-open a request, let it expire, take it back. */
@Configuration(proxyBeanMethods = false)
class ApprovalDelegates {
  private final ApprovalDesk desk;
  private final ApprovalRequests requests;
  private final Plans plans;
  private final Clock clock;

  ApprovalDelegates(ApprovalDesk desk, ApprovalRequests requests, Plans plans, Clock clock) {
    this.clock = clock;
    this.desk = desk;
    this.requests = requests;
    this.plans = plans;
  }

  @Bean
  JavaDelegate openApproval() {
    return execution -> {
      boolean held = "HELD".equals(execution.getVariable("verdict"));
      ApprovalRequest request = held ? requests.find(id(execution)).orElseThrow() : ask(execution);
      Instant now = clock.instant();
      Duration left = Duration.between(now, request.answerDeadline());
      execution.setVariable("approvalId", request.id());
      execution.setVariable("answerDeadline", Date.from(request.answerDeadline()));
      boolean urgent = "URGENT".equals(plans.find(request.planId()).orElseThrow().ladder());
      execution.setVariable("escalateAt", Date.from(now.plus(left.dividedBy(urgent ? 3 : 2))));
      execution.setVariable("verdict", request.state().name());
    };
  }

  private ApprovalRequest ask(DelegateExecution execution) {
    String plan = (String) execution.getVariable("planId");
    Integer tier = (Integer) execution.getVariable("tier");
    return desk.ask(plans.find(plan).orElseThrow(), tier == null ? 1 : tier, execution.getProcessInstanceId());
  }

  @Bean
  JavaDelegate expireApproval() {
    return execution -> {
      boolean next = desk.expire(id(execution));
      ApprovalRequest request = requests.find(id(execution)).orElseThrow();
      execution.setVariable("verdict", request.state().name());
      execution.setVariable("askNextTier", next);
      execution.setVariable("tier", request.tier() + 1);
    };
  }

  @Bean
  JavaDelegate expireLastQuestion(LastLook lastLook) {
    return execution -> execution.setVariable("verdict", lastLook.expire(id(execution)).name());
  }

  @Bean
  JavaDelegate withdrawApproval() {
    return execution -> execution.setVariable("verdict", "FALSE_ALARM".equals(execution.getVariable("verdict")) ? "FALSE_ALARM" : "WITHDRAWN");
  }

  private static String id(DelegateExecution execution) {
    return (String) execution.getVariable("approvalId");
  }
}
