package io.cordon.playbook;

import io.cordon.gate.ApprovalDesk;
import io.cordon.gate.ApprovalRequest;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/**
 * What follows when people said no or nothing, and others are to be asked: the SOC protects the machines in another way
 * meanwhile. In the transaction of the caller.
 */
@Component
public class NotAgreed {
  static final String NOT_AGREED = "cordon.notAgreed";

  private final RuntimeService runtime;

  NotAgreed(RuntimeService runtime) {
    this.runtime = runtime;
  }

  /** Opens the task of the SOC if others are to be asked; returns whether they are. Once is enough for a plan. */
  public boolean askNext(ApprovalRequest request) {
    boolean more = ApprovalDesk.hasNextTier(request);
    if (more) {
      runtime.createExecutionQuery()
          .processInstanceBusinessKey(request.caseId())
          .processVariableValueEquals("planId", request.planId())
          .messageEventSubscriptionName(NOT_AGREED)
          .list()
          .forEach(waiting -> EngineTurn.take(() -> runtime.messageEventReceived(NOT_AGREED, waiting.getId())));
    }
    return more;
  }
}
