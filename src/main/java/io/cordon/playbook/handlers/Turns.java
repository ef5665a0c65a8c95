package io.cordon.playbook.handlers;

import io.cordon.containment.CallBudget;
import io.cordon.containment.CallOrder;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.PermitView;
import io.cordon.gate.Permits;
import io.cordon.playbook.worker.RetryLaterException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lets a step call Defender when it is its turn; until then the step is done again. */
@Component
final class Turns {
  private final CallBudget budget;
  private final CallOrder order;
  private final ApprovalRequests requests;
  private final Permits permits;

  Turns(CallBudget budget, CallOrder order, ApprovalRequests requests, Permits permits) {
    this.budget = budget;
    this.order = order;
    this.requests = requests;
    this.permits = permits;
  }

  /** Before an isolation. With no time left the step goes on: the send refuses, and the log says so. */
  void awaitIsolation(PermitView permit) {
    Duration left = permits.timeLeftToSend(permit.notAfter());
    String service = requests.find(permit.approvalId()).orElseThrow().clinicalService();
    if (left.compareTo(Duration.ZERO) > 0) {
      orLater(budget.take(permit.id(), order.rank(service)).map(wait -> Patience.capped(wait, left)));
    }
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
