package io.cordon.playbook.handlers;

import io.cordon.containment.CallBudget;
import io.cordon.containment.CallOrder;
import io.cordon.containment.SessionBudget;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.PermitView;
import io.cordon.gate.Permits;
import io.cordon.gate.Plan;
import io.cordon.playbook.worker.RetryLaterException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lets a step call Defender when it is its turn; until then the step is done again. */
@Component
final class Turns {
  private final CallBudget budget;
  private final SessionBudget sessions;
  private final CallOrder order;
  private final ApprovalRequests requests;
  private final Permits permits;

  Turns(CallBudget budget, SessionBudget sessions, CallOrder order, ApprovalRequests requests, Permits permits) {
    this.budget = budget;
    this.sessions = sessions;
    this.order = order;
    this.requests = requests;
    this.permits = permits;
  }

  /** Before an isolation or a session. With no time left the step goes on: the send refuses, and the log says so. */
  void await(PermitView permit) {
    Duration left = permits.timeLeftToSend(permit.notAfter());
    if (left.compareTo(Duration.ZERO) > 0) {
      orLater(wait(permit).map(wait -> Patience.capped(wait, left)));
    }
  }

  private Optional<Duration> wait(PermitView permit) {
    if (Plan.STOP_PROCESS.equals(permit.action())) {
      return sessions.take(permit.id());
    }
    String service = requests.find(permit.approvalId()).orElseThrow().clinicalService();
    return budget.take(permit.id(), order.rank(service));
  }

  /** Before a release or a cancellation. */
  void awaitFirst(PermitView permit) {
    orLater(budget.take(permit.id(), CallBudget.FIRST));
  }

  private static void orLater(Optional<Duration> wait) {
    wait.ifPresent(some -> {
      throw new RetryLaterException(some);
    });
  }
}
