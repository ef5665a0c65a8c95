package io.cordon.playbook.handlers;

import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.LastLook;
import io.cordon.gate.Permits;
import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.Work;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Looks again before acting: at the approval, the calendar, the clinical feed and the machine. */
@Component
class LookAgainHandler implements TopicHandler {
  private final LastLook lastLook;
  private final ApprovalRequests requests;
  private final Plans plans;
  private final Permits permits;
  private final OnlineNow online;
  private final Clock clock;

  LookAgainHandler(LastLook lastLook, ApprovalRequests requests, Plans plans, Permits permits, OnlineNow online, Clock clock) {
    this.lastLook = lastLook;
    this.requests = requests;
    this.plans = plans;
    this.permits = permits;
    this.online = online;
    this.clock = clock;
  }

  @Override
  public String topic() {
    return "assets.recheck";
  }

  @Override
  public Map<String, Object> handle(Work work) {
    Instant now = clock.instant();
    ApprovalRequest approval = requests.find(work.text("approvalId")).orElseThrow();
    Plan plan = plans.find(work.text("planId")).orElseThrow();
    // with no time left nobody needs to know: the send will refuse, and the log says so; one of several holds up no other
    if (plan.machineCount() == 1
        && !Patience.within(permits.timeLeftToSend(approval.tooLateAt()), () -> online.isOnline(work, plans.approved(approval.id()).get(0))).orElse(true)) {
      return changed(approval);
    }
    LastLook.Finding finding = lastLook.look(approval.id());
    return switch (finding.outcome()) {
      case AS_SEEN -> Map.of("recheckOutcome", "READY", "lookedAt", now.toString());
      case ASK -> Map.of("recheckOutcome", "ASK", "lastAnswerBy", Date.from(finding.answerBy()));
      case OVER -> ended(approval.id());
    };
  }

  /** An approval that was stopped decides how the case goes on. */
  private Map<String, Object> ended(String approvalId) {
    ApprovalRequest approval = requests.find(approvalId).orElseThrow();
    return approval.state() == ApprovalState.REJECTED
        ? Map.of("recheckOutcome", "CHANGED", "verdict", approval.state().name())
        : changed(approval);
  }

  private Map<String, Object> changed(ApprovalRequest approval) {
    requests.isOver(approval.id(), clock.instant());
    return Map.of("recheckOutcome", "CHANGED");
  }
}
