package io.cordon.channels;

import io.cordon.channels.pagerduty.PageRequest;
import io.cordon.channels.pagerduty.PagerDutyEvents;
import io.cordon.channels.pagerduty.PagerDutyRejected;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.Plan;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Tells Clinical Ops what is asked and what became of it: one card a request in the channel of the clinical service, one
 * page a tier. Texts are built from typed fields only.
 */
@Service
public class ClinicalOps {
  /** The routing key under which security is woken. */
  private static final String SECURITY = "SECURITY";

  private final ApprovalCards cards;
  private final PagerDutyEvents pagerDuty;
  private final ChannelBook book;
  private final Deliveries deliveries;
  private final HeldBack heldBack;
  private final String publicUrl;

  ClinicalOps(
      ApprovalCards cards,
      PagerDutyEvents pagerDuty,
      ChannelBook book,
      Deliveries deliveries,
      HeldBack heldBack,
      @Value("${cordon.public-url:http://localhost:8080}") String publicUrl) {
    this.cards = cards;
    this.pagerDuty = pagerDuty;
    this.book = book;
    this.deliveries = deliveries;
    this.heldBack = heldBack;
    this.publicUrl = publicUrl;
  }

  /** Shows the request as it stands now on its card. */
  public void show(ApprovalRequest request, Plan plan, String severity) {
    cards.show(request, plan, severity);
  }

  /** Wakes the people of a tier; asking again for the same tier wakes nobody twice. */
  public void page(ApprovalRequest request, Plan plan, String tier) {
    page(request, plan, request.clinicalService(), tier, "Maintenance window needed: isolate " + of(request, plan));
  }

  /** Wakes security, the second of two, when it is their turn to agree. */
  public void pageSecond(ApprovalRequest request, Plan plan) {
    page(request, plan, SECURITY, "second", "Second approval needed: isolate " + of(request, plan));
  }

  /** Wakes both leads of an emergency, each under a key of their own; either may agree first. */
  public void pageEmergency(ApprovalRequest request, Plan plan) {
    String text = "EMERGENCY, agree or refuse now: isolate " + of(request, plan);
    AllOf all = new AllOf();
    all.attempt(() -> page(request, plan, SECURITY, "emergency-security-" + request.requestRevision(), text));
    all.attempt(() -> page(request, plan, request.clinicalService(), "emergency-tier-" + request.tier() + "-" + request.requestRevision(), text));
    all.end();
  }

  /** Wakes those who approved: something is worse than they saw, and they are asked once more before the machine is cut off. */
  public void askAgain(ApprovalRequest request, Plan plan) {
    page(request, plan, request.clinicalService(), "again", "Go on? It is worse than when you approved: isolate " + of(request, plan));
  }

  /**
   * Wakes security and the service's people because a machine is still isolated past its deadline.
   *
   * @param round tells one reminder from the next: an acknowledged page under the same key would wake nobody
   */
  public void pageReleaseOverdue(ApprovalRequest request, Plan plan, long round) {
    String text = "Release overdue, still isolated: " + of(request, plan);
    AllOf all = new AllOf();
    all.attempt(() -> page(request, plan, SECURITY, "release-security-" + round, text));
    all.attempt(() -> page(request, plan, request.clinicalService(), "release-" + round, text));
    all.end();
  }

  private static String of(ApprovalRequest request, Plan plan) {
    return plan.machineName() + " (" + request.clinicalService() + ")";
  }

  private void page(ApprovalRequest request, Plan plan, String service, String tier, String text) {
    String key = "cordon/" + request.id() + "/" + tier;
    book.paging(request.id(), key, service);
    PageRequest page =
        new PageRequest(
            service, key, text, plan.machineName(), PageRequest.Severity.CRITICAL,
            Map.of("request", request.id(), "case", request.caseId(), "decideBy", request.answerDeadline().toString()),
            List.of(new PageRequest.Link(URI.create(pageUrl(request)), "Open the approval page")));
    try {
      heldBack.orBare(request.caseId(), "PAGERDUTY", page, () -> page.bare("Cordon needs an answer; open the link", request.caseId()), this::trigger);
      deliveries.pageSent(request, key, service);
    } catch (PagerDutyRejected e) {
      book.resolved(key);
      failed(request, "PAGERDUTY");
    }
  }

  private void trigger(PageRequest page) {
    try {
      pagerDuty.trigger(page);
    } finally {
      book.mayBeOut(page.dedupKey());
    }
  }

  /** Resolves every page of a request; after the end nobody is to be woken for it. */
  public void resolvePages(ApprovalRequest request) {
    AllOf all = new AllOf();
    for (ChannelBook.Page open : book.openPages(request.id())) {
      all.attempt(() -> {
        try {
          pagerDuty.resolve(open.clinicalService(), open.dedupKey());
        } catch (PagerDutyRejected e) {
          failed(request, "PAGERDUTY");
        }
        book.resolved(open.dedupKey());
      });
    }
    all.end();
  }

  /** Records that people could not be told over a channel; the other channel and the console still tell them. */
  public void failed(ApprovalRequest request, String channel) {
    deliveries.failed(request, channel);
  }

  private String pageUrl(ApprovalRequest request) {
    return publicUrl + "/approvals/" + request.id();
  }
}
