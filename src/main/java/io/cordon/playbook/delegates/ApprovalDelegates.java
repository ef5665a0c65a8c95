package io.cordon.playbook.delegates;

import io.cordon.gate.ApprovalDesk;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.LastLook;
import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import io.cordon.gate.StandingGrants;
import io.cordon.playbook.NotAgreed;
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
  private final StandingGrants standing;
  private final Plans plans;
  private final NotAgreed notAgreed;
  private final Clock clock;

  ApprovalDelegates(
      ApprovalDesk desk, StandingGrants standing, ApprovalRequests requests, Plans plans, NotAgreed notAgreed, Clock clock) {
    this.standing = standing;
    this.notAgreed = notAgreed;
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
      execution.setVariable("askNextTier", false);
      execution.setVariable("answerDeadline", Date.from(request.answerDeadline()));
      boolean urgent = "URGENT".equals(plans.find(request.planId()).orElseThrow().ladder());
      execution.setVariable("remindAt", Date.from(now.plus(left.dividedBy(urgent ? 3 : 2))));
      // after the last tier there is nobody else to ask; before, the next tier comes instead, so that this one never rings
      Instant lastCall = desk.isLastTier(request) ? now.plus(left.multipliedBy(3).dividedBy(4)) : request.answerDeadline().plus(left);
      execution.setVariable("lastCallAt", Date.from(lastCall));
      execution.setVariable("verdict", request.state().name());
      if (request.state() == ApprovalState.GRANTED) {
        execution.setVariable("windowFrom", request.windowFrom().toString());
        execution.setVariable("windowTo", request.tooLateAt().toString());
        execution.setVariable("machines", plans.approved(request.id()).size());
      }
    };
  }

  private ApprovalRequest ask(DelegateExecution execution) {
    Plan plan = plans.find((String) execution.getVariable("planId")).orElseThrow();
    Integer tier = (Integer) execution.getVariable("tier");
    String process = execution.getProcessInstanceId();
    return standing.grant(plan, process).orElseGet(() -> desk.ask(plan, tier == null ? 1 : tier, process));
  }

  @Bean
  JavaDelegate expireApproval() {
    return execution -> {
      boolean next = desk.expire(id(execution));
      ApprovalRequest request = requests.find(id(execution)).orElseThrow();
      execution.setVariable("verdict", request.state().name());
      execution.setVariable("askNextTier", next && notAgreed.askNext(request));
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
