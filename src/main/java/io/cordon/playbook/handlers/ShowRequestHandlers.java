package io.cordon.playbook.handlers;

import io.cordon.alerts.CaseBook;
import io.cordon.channels.ClinicalOps;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.Work;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The topics that tell Clinical Ops something; each is one sentence to the channels. */
@Configuration(proxyBeanMethods = false)
class ShowRequestHandlers {
  private final ClinicalOps clinicalOps;
  private final ApprovalRequests requests;
  private final Plans plans;
  private final CaseBook cases;

  ShowRequestHandlers(ClinicalOps clinicalOps, ApprovalRequests requests, Plans plans, CaseBook cases) {
    this.clinicalOps = clinicalOps;
    this.requests = requests;
    this.plans = plans;
    this.cases = cases;
  }

  @Bean
  TopicHandler postCard() {
    return topic("teams.post", (request, plan, work) -> {
      settleEarlier(request.caseId());
      show(request, plan);
    });
  }

  @Bean
  TopicHandler triggerPage() {
    return topic("pagerduty.trigger", (request, plan, work) -> {
      clinicalOps.page(request, plan, "tier-" + request.tier());
      if (request.quorum() > 1) {
        clinicalOps.pageSecurity(request, plan, "security");
      }
    });
  }

  @Bean
  TopicHandler escalatePage() {
    return topic("pagerduty.escalate", (request, plan, work) -> clinicalOps.page(request, plan, "tier-" + request.tier() + "-again"));
  }

  @Bean
  TopicHandler pageReleaseOverdue() {
    return topic("pagerduty.releaseOverdue", (request, plan, work) -> clinicalOps.page(request, plan, "release"));
  }

  @Bean
  TopicHandler updateChannels() {
    return topic("channels.update", (request, plan, work) -> settleEarlier(request.caseId()));
  }

  @Bean
  TopicHandler closeChannels() {
    return topic("channels.close", (request, plan, work) -> settleEarlier(request.caseId()));
  }

  /** Every request of the case that has ended: nobody is to be woken for it, and its cards say how it ended. */
  private void settleEarlier(String caseId) {
    for (ApprovalRequest request : requests.ofCase(caseId)) {
      if (!request.state().isLive()) {
        clinicalOps.resolvePages(request);
        show(request, plans.find(request.planId()).orElseThrow());
      }
    }
  }

  private void show(ApprovalRequest request, Plan plan) {
    clinicalOps.show(request, plan, cases.find(request.caseId()).orElseThrow().severity());
  }

  /** What is done for one request. */
  private interface Message {
    void say(ApprovalRequest request, Plan plan, Work work);
  }

  private TopicHandler topic(String name, Message message) {
    return new TopicHandler() {
      @Override
      public String topic() {
        return name;
      }

      @Override
      public Map<String, Object> handle(Work work) {
        ApprovalRequest request = requests.find(work.text("approvalId")).orElseThrow();
        message.say(request, plans.find(request.planId()).orElseThrow(), work);
        return Map.of();
      }
    };
  }
}
