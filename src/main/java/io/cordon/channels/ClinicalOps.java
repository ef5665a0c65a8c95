package io.cordon.channels;

import io.cordon.channels.pagerduty.PageRequest.Severity;
import io.cordon.channels.pagerduty.PagerDutyRejected;
import io.cordon.channels.pagerduty.PagerDutyThrottled;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.Plan;
import io.cordon.gate.PlanTarget;
import org.springframework.stereotype.Service;

/**
 * Tells Clinical Ops what is asked and what became of it: one card a request in the channel of the clinical service, one
 * page a tier. What PagerDuty does not take is said in the thread of the case; what neither takes alarms on the console.
 */
@Service
public class ClinicalOps {
  /** The routing key under which security is woken. */
  private static final String SECURITY = "SECURITY";

  private static final String TEAMS = "TEAMS";
  private static final String PAGERDUTY = "PAGERDUTY";

  private final ApprovalCards cards;
  private final Pages pages;
  private final ChannelBook book;
  private final Deliveries deliveries;
  private final CaseSeverity severities;

  ClinicalOps(ApprovalCards cards, Pages pages, ChannelBook book, Deliveries deliveries, CaseSeverity severities) {
    this.cards = cards;
    this.pages = pages;
    this.book = book;
    this.deliveries = deliveries;
    this.severities = severities;
  }

  /** Shows the request as it stands now on its card. */
  public void show(ApprovalRequest request, Plan plan, String severity) {
    cards.show(request, plan, severity);
  }

  /** Wakes the people of a tier; asking again for the same tier wakes nobody twice. */
  public void page(ApprovalRequest request, Plan plan, String tier) {
    Severity severity = Severity.ofSentinel(severities.of(request.caseId()));
    page(request, plan, new Pages.Words(request.clinicalService(), tier, "Maintenance window needed: " + PlanWords.deed(plan), severity));
  }

  /** Wakes security, the second of two, when it is their turn to agree. */
  public void pageSecond(ApprovalRequest request, Plan plan) {
    page(request, plan, SECURITY, "second", "Second approval needed: " + PlanWords.deed(plan));
  }

  /** Wakes the same people once more: nobody answered, and half of the time is over. */
  public void pageAgain(ApprovalRequest request, Plan plan) {
    page(request, plan, "tier-" + request.tier() + "-again-" + request.requestRevision());
    deliveries.escalated(request, "REMINDED");
  }

  /** Wakes both leads at the end of the last tier: without an answer nothing is done, and they may declare an emergency. */
  public void pageLastCall(ApprovalRequest request, Plan plan) {
    String text = "Last call, no answer yet: " + PlanWords.deed(plan);
    AllOf all = new AllOf();
    all.attempt(() -> page(request, plan, SECURITY, "last-call-security-" + request.requestRevision(), text));
    all.attempt(() -> page(request, plan, request.clinicalService(), "last-call-" + request.requestRevision(), text));
    all.end();
    deliveries.escalated(request, "BOTH_LEADS");
  }

  /** Wakes both leads of an emergency, each under a key of their own; either may agree first. */
  public void pageEmergency(ApprovalRequest request, Plan plan) {
    String text = "EMERGENCY, agree or refuse now: " + PlanWords.deed(plan);
    AllOf all = new AllOf();
    all.attempt(() -> page(request, plan, SECURITY, "emergency-security-" + request.requestRevision(), text));
    all.attempt(() -> page(request, plan, request.clinicalService(), "emergency-tier-" + request.tier() + "-" + request.requestRevision(), text));
    all.end();
  }

  /** Wakes those who approved: something is worse than they saw, and they are asked once more before anything is done. */
  public void askAgain(ApprovalRequest request, Plan plan) {
    page(request, plan, request.clinicalService(), "again", "Go on? It is worse than when you approved: " + PlanWords.deed(plan));
  }

  /**
   * Wakes security and the service's people because a machine is still isolated past its deadline.
   *
   * @param machine the one of the plan that is late
   * @param round tells one reminder from the next: an acknowledged page under the same key would wake nobody
   */
  public void pageReleaseOverdue(ApprovalRequest request, Plan plan, PlanTarget machine, long round) {
    String text = "Release overdue, still isolated: " + machine.machineName() + " (" + request.clinicalService() + ")";
    String which = plan.machineCount() == 1 ? "" : machine.ordinal() + "-";
    AllOf all = new AllOf();
    all.attempt(() -> page(request, plan, SECURITY, "release-security-" + which + round, text));
    all.attempt(() -> page(request, plan, request.clinicalService(), "release-" + which + round, text));
    all.end();
  }

  private void page(ApprovalRequest request, Plan plan, String service, String tier, String text) {
    page(request, plan, new Pages.Words(service, tier, text, Severity.CRITICAL));
  }

  private void page(ApprovalRequest request, Plan plan, Pages.Words words) {
    try {
      pages.send(request, plan, words);
    } catch (PagerDutyRejected e) {
      notPaged(request, words);
    } catch (PagerDutyThrottled e) {
      throw e;
    } catch (RuntimeException e) {
      notPaged(request, words);
      throw e;
    }
  }

  /** Says it in Teams instead, once a page; the page is still tried again where that can help. */
  private void notPaged(ApprovalRequest request, Pages.Words words) {
    if (!book.failsFirst(Pages.key(request, words))) {
      return;
    }
    deliveries.failed(request, PAGERDUTY, words.tier());
    try {
      cards.say(request, "PagerDuty cannot be reached. " + words.text() + ". Please call whoever is on call.");
    } catch (RuntimeException e) {
      deliveries.failed(request, TEAMS, words.tier());
    }
  }

  /** Resolves every page of a request; after the end nobody is to be woken for it. */
  public void resolvePages(ApprovalRequest request) {
    pages.resolve(request);
  }

  /** Records that a channel was given up: TEAMS, PAGERDUTY or SENTINEL. The others and the console still tell people. */
  public void failed(ApprovalRequest request, String channel) {
    deliveries.failed(request, channel, "given-up");
  }
}
