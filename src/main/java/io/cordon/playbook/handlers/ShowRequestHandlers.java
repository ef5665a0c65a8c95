package io.cordon.playbook.handlers;

import io.cordon.alerts.CaseBook;
import io.cordon.channels.ClinicalOps;
import io.cordon.channels.pagerduty.PagerDutyException;
import io.cordon.channels.pagerduty.PagerDutyThrottled;
import io.cordon.channels.sentinel.IncidentComments;
import io.cordon.channels.sentinel.SentinelUnavailable;
import io.cordon.channels.teams.ConnectorThrottled;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.LastLook;
import io.cordon.gate.PermitView;
import io.cordon.gate.Permits;
import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import io.cordon.gate.Reachability;
import io.cordon.gate.clearance.ClinicalClearance;
import io.cordon.playbook.worker.RetryLaterException;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The topics that tell Clinical Ops something; each is one sentence to the channels. */
@Configuration(proxyBeanMethods = false)
class ShowRequestHandlers {
  private static final Duration REMIND_EVERY = Duration.ofMinutes(15);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final ClinicalOps clinicalOps;
  private final ApprovalRequests requests;
  private final Plans plans;
  private final Permits permits;
  private final CaseBook cases;
  private final ClinicalClearance clearance;
  private final LastLook lastLook;
  private final Reachability reach;
  private final IncidentComments incidents;
  private final Clock clock;

  ShowRequestHandlers(
      ClinicalOps clinicalOps,
      ApprovalRequests requests,
      Plans plans,
      Permits permits,
      CaseBook cases,
      ClinicalClearance clearance,
      LastLook lastLook,
      Reachability reach,
      IncidentComments incidents,
      Clock clock) {
    this.permits = permits;
    this.clearance = clearance;
    this.lastLook = lastLook;
    this.reach = reach;
    this.incidents = incidents;
    this.clock = clock;
    this.clinicalOps = clinicalOps;
    this.requests = requests;
    this.plans = plans;
    this.cases = cases;
  }

  @Bean
  TopicHandler postCard() {
    return topic("teams.post", (request, plan, work) -> {
      show(request, plan);
      settleEarlier(request.caseId());
      // nobody waits for the feed to be told that they are asked
      if (clearance.hasFeed() && clearance.newest(plan.id()).isEmpty()) {
        clearance.check(plan.id());
        show(requests.find(request.id()).orElseThrow(), plan);
      }
      incidents.write(request, plan);
    });
  }

  @Bean
  TopicHandler triggerPage() {
    return topic("pagerduty.trigger", (request, plan, work) -> {
      // somebody is awake and just said "not yet": the escalation wakes people when that time runs out
      if (plan.isEmergency()) {
        whileAsked(request, () -> clinicalOps.pageEmergency(request, plan));
      } else if (request.requestRevision() == 1) {
        whileAsked(request, () -> clinicalOps.page(request, plan, "tier-" + request.tier()));
      }
    });
  }

  @Bean
  TopicHandler escalatePage() {
    return topic("pagerduty.escalate", (request, plan, work) -> whileAsked(request, () -> clinicalOps.pageAgain(request, plan)));
  }

  @Bean
  TopicHandler pageLastCall() {
    return topic("pagerduty.lastCall", (request, plan, work) -> whileAsked(request, () -> clinicalOps.pageLastCall(request, plan)));
  }

  @Bean
  TopicHandler pageSecond() {
    return topic("pagerduty.second", (request, plan, work) -> {
      // in an emergency both were woken at once
      if (!plan.isEmergency()) {
        whileAsked(request, () -> clinicalOps.pageSecond(request, plan));
      }
      show(request, plan); // the window is chosen, so the card asks for something else now
    });
  }

  @Bean
  TopicHandler pageReleaseOverdue() {
    return topic("pagerduty.releaseOverdue", (request, plan, work) -> {
      Instant deadline = ((Date) work.variables().get("releaseDeadline")).toInstant();
      Duration overdue = Duration.between(deadline, clock.instant());
      if (!overdue.isNegative()) {
        PermitView isolation = permits.find(work.text("permitId")).orElseThrow();
        clinicalOps.pageReleaseOverdue(request, plan, plans.targets(plan.id()).get(isolation.targetOrdinal()), overdue.dividedBy(REMIND_EVERY));
      }
    });
  }

  @Bean
  TopicHandler updateChannels() {
    return topic("channels.update", (request, plan, work) -> settleEarlier(request.caseId()));
  }

  @Bean
  TopicHandler askAgain() {
    return topic("channels.askAgain", (request, plan, work) -> {
      clinicalOps.askAgain(request, plan);
      show(request, plan);
    });
  }

  @Bean
  TopicHandler closeChannels() {
    return topic("channels.close", (request, plan, work) -> {
      requests.isOver(request.id(), clock.instant());
      settleEarlier(request.caseId());
    });
  }

  /** Pages; an answer that came while the page was on its way found nothing to take back, so it is taken back here. */
  private void whileAsked(ApprovalRequest asked, Runnable page) {
    try {
      page.run();
    } finally {
      requests.find(asked.id()).filter(request -> !request.state().isLive()).ifPresent(clinicalOps::resolvePages);
    }
  }

  /** Every request of the case that has ended: nobody is to be woken for it, and its cards say how it ended. */
  private void settleEarlier(String caseId) {
    for (ApprovalRequest request : requests.ofCase(caseId)) {
      if (!request.state().isLive() && lastLook.openQuestion(request).isEmpty()) {
        clinicalOps.resolvePages(request);
        show(request, plans.find(request.planId()).orElseThrow());
      }
    }
    // last, since nobody waits for it
    for (ApprovalRequest request : requests.ofCase(caseId)) {
      if (!request.state().isLive()) {
        incidents.write(request, plans.find(request.planId()).orElseThrow());
      }
    }
  }

  private void show(ApprovalRequest request, Plan plan) {
    clinicalOps.show(request, plan, cases.find(request.caseId()).orElseThrow().severity());
  }

  /** As long as the service asks for, but somebody waits for the message. */
  private static Duration atMost(Duration asked) {
    return asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
  }

  /** What is done for one request. */
  private interface Message {
    void say(ApprovalRequest request, Plan plan, Work work);
  }

  /** A channel that stays dead is given up with evidence: what waits for people must not wait for it. */
  private TopicHandler topic(String name, Message message) {
    return new Topic(name, work -> {
      ApprovalRequest request = requests.find(work.text("approvalId")).orElseThrow();
      try {
        message.say(request, plans.find(request.planId()).orElseThrow(), work);
      } catch (ConnectorThrottled e) {
        throw new RetryLaterException(atMost(e.retryAfter()));
      } catch (PagerDutyThrottled e) {
        throw new RetryLaterException(atMost(e.retryAfter()));
      } catch (SentinelUnavailable e) {
        if (e.retryAfter() != null) {
          throw new RetryLaterException(atMost(e.retryAfter()));
        }
        if (!work.lastTry()) {
          throw e;
        }
        clinicalOps.failed(request, "SENTINEL");
      } catch (RuntimeException e) {
        String channel = name.startsWith("pagerduty.") || e instanceof PagerDutyException ? "PAGERDUTY" : "TEAMS";
        reach.notDelivered(request, channel);
        if (!work.lastTry()) {
          throw e;
        }
        clinicalOps.failed(request, channel);
      }
      return Map.of();
    });
  }
}
