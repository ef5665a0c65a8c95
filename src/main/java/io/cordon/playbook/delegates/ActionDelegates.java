package io.cordon.playbook.delegates;

import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.Permits;
import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What perform-action and release-host call: write the intent before, and the one result after. */
@Configuration(proxyBeanMethods = false)
class ActionDelegates {
  private final Permits permits;
  private final ApprovalRequests requests;
  private final Plans plans;
  private final Clock clock;
  private final Duration pollInterval;
  private final Duration readBackDelay;

  ActionDelegates(
      Permits permits,
      ApprovalRequests requests,
      Plans plans,
      Clock clock,
      @Value("${cordon.containment.poll-interval:PT15S}") Duration pollInterval,
      @Value("${cordon.containment.read-back-delay:PT60S}") Duration readBackDelay) {
    this.permits = permits;
    this.requests = requests;
    this.plans = plans;
    this.clock = clock;
    this.pollInterval = pollInterval;
    this.readBackDelay = readBackDelay;
  }

  @Bean
  JavaDelegate recordIntent() {
    return execution -> {
      execution.setVariable("permitId", permits.intend(approval(execution), plan(execution)).id());
      execution.setVariable("readBackDelay", readBackDelay.toString());
      execution.setVariable("pollInterval", pollInterval.toString());
    };
  }

  @Bean
  JavaDelegate recordResult() {
    return execution -> {
      ActionResult result = ActionResult.of(execution.getVariables());
      permits.settle((String) execution.getVariable("permitId"), result.permitState(), result.evidence());
      execution.setVariable("actionOutcome", result.outcome());
    };
  }

  @Bean
  JavaDelegate planRelease() {
    return execution -> {
      Duration longest = Duration.ofHours(plan(execution).maxIsolationHours());
      Date deadline = Date.from(deadline(execution, longest));
      execution.setVariable("releaseDeadline", deadline);
      execution.setVariable("autoRelease", false);
      execution.setVariable("pollInterval", pollInterval.toString());
    };
  }

  /** The service is expected back by then; once that has passed, people are reminded every quarter of an hour. */
  private java.time.Instant deadline(DelegateExecution execution, Duration longest) {
    java.time.Instant now = clock.instant();
    java.time.Instant backBy = approval(execution).backBy();
    java.time.Instant first = backBy.isBefore(now.plus(longest)) ? backBy : now.plus(longest);
    return first.isAfter(now) ? first : now.plus(Duration.ofMinutes(15));
  }

  @Bean
  JavaDelegate recordReleaseIntent() {
    return execution -> execution.setVariable("releasePermitId", permits.intendRelease(approval(execution), plan(execution)).id());
  }

  @Bean
  JavaDelegate recordReleased() {
    return execution -> permits.settle((String) execution.getVariable("releasePermitId"), "SUCCEEDED", EvidenceType.RELEASE_RESULT);
  }

  private ApprovalRequest approval(DelegateExecution execution) {
    return requests.find((String) execution.getVariable("approvalId")).orElseThrow();
  }

  private Plan plan(DelegateExecution execution) {
    return plans.find((String) execution.getVariable("planId")).orElseThrow();
  }
}
