package io.cordon.playbook.delegates;

import io.cordon.alerts.CaseBook;
import io.cordon.containment.StopResults;
import io.cordon.containment.late.UnclearPermits;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.watch.OutOfBandActions;
import io.cordon.evidence.EvidenceRef;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.PermitView;
import io.cordon.gate.Permits;
import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import io.cordon.posture.hunts.ActionHunts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final CaseBook cases;
  private final StopResults stops;
  private final ActionHunts hunts;
  private final UnclearPermits unclear;
  private final OutOfBandActions outOfBand;
  private final Clock clock;
  private final Duration pollInterval;
  private final Duration readBackDelay;

  ActionDelegates(
      Permits permits,
      ApprovalRequests requests,
      Plans plans,
      CaseBook cases,
      StopResults stops,
      ActionHunts hunts,
      UnclearPermits unclear,
      OutOfBandActions outOfBand,
      Clock clock,
      @Value("${cordon.containment.poll-interval:PT15S}") Duration pollInterval,
      @Value("${cordon.containment.read-back-delay:PT60S}") Duration readBackDelay) {
    this.permits = permits;
    this.requests = requests;
    this.plans = plans;
    this.cases = cases;
    this.stops = stops;
    this.hunts = hunts;
    this.unclear = unclear;
    this.outOfBand = outOfBand;
    this.clock = clock;
    this.pollInterval = pollInterval;
    this.readBackDelay = readBackDelay;
  }

  @Bean
  JavaDelegate recordIntent() {
    return execution -> {
      execution.setVariable("permitId", permits.intend(approval(execution), plan(execution), target(execution)).id());
      execution.setVariable("readBackDelay", readBackDelay.toString());
      execution.setVariable("pollInterval", pollInterval.toString());
    };
  }

  @Bean
  JavaDelegate recordResult() {
    return execution -> {
      ActionResult result = ActionResult.of(execution.getVariables());
      String permit = (String) execution.getVariable("permitId");
      settle(permit, result, refusal(execution, result.permitState()));
      if (result.isFoundByAPerson()) {
        unclear.isOwned(permit);
      }
      if ("SUCCEEDED".equals(result.permitState())) {
        afterwards(permits.find(permit).orElseThrow());
      }
      execution.setVariable("actionOutcome", result.outcome());
    };
  }

  /** Why it was refused, where it was. */
  private static Map<String, Object> refusal(DelegateExecution execution, String state) {
    Object reason = "REFUSED".equals(state) ? execution.getVariable("refusal") : null;
    return reason == null ? Map.of() : Map.of("reason", reason);
  }

  /** How a script ended is part of the result; what it left behind is sealed and only referred to. */
  private void settle(String permitId, ActionResult result, Map<String, Object> refusal) {
    Optional<StopResults.Result> script = stops.find(permitId);
    Map<String, Object> more = new HashMap<>(refusal);
    script.ifPresent(end -> more.putAll(Map.of("exitCode", end.exitCode(), "transcriptBytes", end.transcriptBytes())));
    List<EvidenceRef> refs = script.map(end -> List.of(new EvidenceRef("transcript", end.transcriptSha256(), true))).orElse(List.of());
    permits.settle(permitId, result.permitState(), result.evidence(), more, refs);
  }

  /** What is looked at from now on, beside the case; what shadow held back changed no machine. */
  private void afterwards(PermitView done) {
    if (!MachineAction.isHeld(done.mdeActionId())) {
      hunts.plan(done.caseId(), done.id(), done.mdeDeviceId(), done.sentAt(), done.settledAt());
    }
  }

  @Bean
  JavaDelegate planRelease() {
    return execution -> {
      Duration longest = Duration.ofHours(plan(execution).maxIsolationHours());
      Date deadline = Date.from(deadline(execution, longest));
      execution.setVariable("releaseDeadline", deadline);
      execution.setVariable("release", plan(execution).release());
      execution.setVariable("pollInterval", pollInterval.toString());
    };
  }

  /** When the service is expected back, but never later than the plan allows. */
  private Instant deadline(DelegateExecution execution, Duration longest) {
    Instant last = clock.instant().plus(longest);
    Instant backBy = approval(execution).backBy();
    return backBy.isBefore(last) ? backBy : last;
  }

  /** A plan may release by itself only while nothing is new and nobody else isolated the machine; once that is not so, a person releases. */
  @Bean
  JavaDelegate checkRelease() {
    return execution -> {
      PermitView isolation = isolation(execution);
      boolean nothingNew =
          !cases.hasAlertSince(execution.getProcessBusinessKey(), isolation.intendedAt()) && !outOfBand.standsOn(isolation.mdeDeviceId());
      execution.setVariable("releaseNow", nothingNew);
      execution.setVariable("release", nothingNew ? Plan.BY_PLAN : Plan.BY_HAND);
    };
  }

  @Bean
  JavaDelegate recordReleaseIntent() {
    return execution -> execution.setVariable("releasePermitId", permits.intendRelease(approval(execution), plan(execution), isolation(execution)).id());
  }

  @Bean
  JavaDelegate recordReleased() {
    return execution -> {
      String permit = (String) execution.getVariable("releasePermitId");
      permits.settle(permit, "SUCCEEDED", EvidenceType.RELEASE_RESULT);
      afterwards(permits.find(permit).orElseThrow());
    };
  }

  /** Defender did not do it, or nobody knows whether it did; the machine is then released by hand. */
  @Bean
  JavaDelegate recordNotReleased() {
    return execution -> {
      String permit = (String) execution.getVariable("releasePermitId");
      String state = notReleased(permits.find(permit).orElseThrow(), execution);
      permits.settle(permit, state, EvidenceType.RELEASE_RESULT, refusal(execution, state), List.of());
    };
  }

  private static String notReleased(PermitView permit, DelegateExecution execution) {
    if ("REFUSED".equals(execution.getVariable("releaseSend"))) {
      return "REFUSED";
    }
    if ("FAILED".equals(execution.getVariable("releaseOutcome"))) {
      return "FAILED";
    }
    return "INTENDED".equals(permit.state()) ? "NOT_SENT" : "UNRESOLVED";
  }

  private PermitView isolation(DelegateExecution execution) {
    return permits.find((String) execution.getVariable("permitId")).orElseThrow();
  }

  /** Which machine of the plan: the first that was approved, or the one that the caller counted up to. */
  private int target(DelegateExecution execution) {
    Integer turn = (Integer) execution.getVariable("turn");
    return plans.approved((String) execution.getVariable("approvalId")).get(turn == null ? 0 : turn).ordinal();
  }

  private ApprovalRequest approval(DelegateExecution execution) {
    return requests.find((String) execution.getVariable("approvalId")).orElseThrow();
  }

  private Plan plan(DelegateExecution execution) {
    return plans.find((String) execution.getVariable("planId")).orElseThrow();
  }
}
