package io.cordon.channels;

import io.cordon.channels.pagerduty.PageQuota;
import io.cordon.channels.pagerduty.PageRequest;
import io.cordon.channels.pagerduty.PagerDutyEvents;
import io.cordon.channels.pagerduty.PagerDutyRejected;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.Plan;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The pages of a request: one a tier, under a key of its own; in a storm one a minute and service for all that came then. Texts
 * are built from typed fields only.
 */
@Component
class Pages {
  private static final String PAGERDUTY = "PAGERDUTY";

  private final PagerDutyEvents pagerDuty;
  private final PageQuota quota;
  private final ChannelBook book;
  private final Deliveries deliveries;
  private final HeldBack heldBack;
  private final String publicUrl;
  private final Clock clock;
  private final Map<String, String> lastDigests = new ConcurrentHashMap<>();

  Pages(
      PagerDutyEvents pagerDuty,
      PageQuota quota,
      ChannelBook book,
      Deliveries deliveries,
      HeldBack heldBack,
      @Value("${cordon.public-url:http://localhost:8080}") String publicUrl,
      Clock clock) {
    this.pagerDuty = pagerDuty;
    this.quota = quota;
    this.book = book;
    this.deliveries = deliveries;
    this.heldBack = heldBack;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  /** What is said on a page. */
  record Words(String service, String tier, String text, PageRequest.Severity severity) {}

  /**
   * Wakes people; the same tier again wakes nobody twice.
   *
   * @throws PagerDutyRejected when no repetition helps
   */
  void send(ApprovalRequest request, Plan plan, Words words) {
    String key = key(request, words);
    book.paging(request.id(), key, words.service());
    try {
      if (quota.hasRoom(words.service())) {
        own(request, plan, words, key);
      } else {
        digest(request, words, key);
      }
    } catch (PagerDutyRejected e) {
      book.resolved(key);
      throw e;
    }
  }

  /** The key under which a page is known to PagerDuty; another tier is another page. */
  static String key(ApprovalRequest request, Words words) {
    return "cordon/" + request.id() + "/" + words.tier();
  }

  private void trigger(PageRequest page) {
    try {
      pagerDuty.trigger(page);
    } finally {
      book.mayBeOut(page.dedupKey());
    }
  }

  private void own(ApprovalRequest request, Plan plan, Words words, String key) {
    PageRequest page =
        new PageRequest(
            words.service(), key, words.text(), plan.machineName(), words.severity(),
            Map.of("request", request.id(), "case", request.caseId(), "asset", plan.machineName(), "action", plan.action(),
                "decideBy", request.answerDeadline().toString(), "asked", Wording.asked(request)),
            List.of(new PageRequest.Link(URI.create(publicUrl + "/approvals/" + request.id()), "Open the approval page")));
    heldBack.orBare(request.caseId(), PAGERDUTY, page, () -> page.bare("Cordon needs an answer; open the link", request.caseId()), this::trigger);
    deliveries.pageSent(request, "TRIGGERED", key, words.service());
  }

  private void digest(ApprovalRequest request, Words words, String key) {
    String digest = "cordon/digest/" + words.service() + "/" + clock.instant().getEpochSecond() / 60;
    book.inDigest(key, digest);
    // one whose requests were all settled was resolved, and rings nowhere until it is triggered again
    if (!digest.equals(lastDigests.get(words.service())) || book.isLastOfDigest(new ChannelBook.Page(key, words.service(), digest))) {
      triggerDigest(words.service(), digest);
      lastDigests.put(words.service(), digest);
    }
    deliveries.pageSent(request, "IN_DIGEST", digest, words.service());
  }

  private void triggerDigest(String service, String digest) {
    pagerDuty.trigger(
        new PageRequest(
            service, digest, "Many requests wait for an answer (" + service + "); open the list", "cordon",
            PageRequest.Severity.CRITICAL, Map.of("service", service),
            List.of(new PageRequest.Link(URI.create(publicUrl + "/approvals"), "Open the list of requests"))));
  }

  /** Resolves every page of a request; one of several requests is resolved with the last of them. */
  void resolve(ApprovalRequest request) {
    AllOf all = new AllOf();
    for (ChannelBook.Page open : book.openPages(request.id())) {
      all.attempt(() -> {
        boolean endsDigest = open.digestKey() != null && book.isLastOfDigest(open);
        try {
          if (open.digestKey() == null) {
            pagerDuty.resolve(open.clinicalService(), open.dedupKey());
          } else if (endsDigest) {
            pagerDuty.resolve(open.clinicalService(), open.digestKey());
          }
        } catch (PagerDutyRejected e) {
          deliveries.failed(request, PAGERDUTY, "resolve");
        }
        book.resolved(open.dedupKey());
        if (endsDigest && !book.isLastOfDigest(open)) {
          // one came in meanwhile, and relied on the page that was just taken back
          triggerDigest(open.clinicalService(), open.digestKey());
        }
      });
    }
    all.end();
  }
}
