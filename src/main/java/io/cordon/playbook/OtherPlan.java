package io.cordon.playbook;

import io.cordon.gate.ApprovalRequest;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** Lets a playbook that waits for an answer ask about another plan instead; in the transaction of the caller. */
@Component
public class OtherPlan {
  private final RuntimeService runtime;

  OtherPlan(RuntimeService runtime) {
    this.runtime = runtime;
  }

  /** Asks the first people again, with this plan; the question that waited must be voided. */
  public void askAbout(String planId, ApprovalRequest voided) {
    Map<String, Object> news = Map.of("verdict", "VOIDED", "planId", planId, "tier", 1);
    runtime.createExecutionQuery()
        .processInstanceId(voided.processInstance())
        .messageEventSubscriptionName(CaseNews.GRAVER)
        .list()
        .forEach(waiting -> EngineTurn.take(() -> runtime.messageEventReceived(CaseNews.GRAVER, waiting.getId(), news)));
  }
}
