package io.cordon.channels;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.channels.pagerduty.PageRequest;
import io.cordon.channels.pagerduty.PagerDutyEvents;
import io.cordon.channels.pagerduty.PagerDutyRejected;
import io.cordon.channels.teams.ApprovalCard;
import io.cordon.channels.teams.ApprovalCardFacts;
import io.cordon.channels.teams.ConnectorClient;
import io.cordon.channels.teams.ConnectorRejected;
import io.cordon.channels.teams.PostedCard;
import io.cordon.channels.teams.TeamsSettings;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.Plan;
import java.net.URI;
import java.time.ZoneId;
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

  private final ConnectorClient teams;
  private final TeamsSettings channels;
  private final PagerDutyEvents pagerDuty;
  private final ChannelBook book;
  private final EvidenceLog evidence;
  private final String publicUrl;
  private final ZoneId zone;

  ClinicalOps(
      ConnectorClient teams,
      TeamsSettings channels,
      PagerDutyEvents pagerDuty,
      ChannelBook book,
      EvidenceLog evidence,
      @Value("${cordon.public-url:http://localhost:8080}") String publicUrl,
      @Value("${cordon.zone:UTC}") ZoneId zone) {
    this.teams = teams;
    this.channels = channels;
    this.pagerDuty = pagerDuty;
    this.book = book;
    this.evidence = evidence;
    this.publicUrl = publicUrl;
    this.zone = zone;
  }

  /**
   * Shows the request as it stands now: replaces the cards that are there, or posts one. A card that somebody deleted in
   * Teams is forgotten.
   */
  public void show(ApprovalRequest request, Plan plan, String severity) {
    JsonNode card = ApprovalCard.of(facts(request, plan, severity));
    AllOf all = new AllOf();
    for (PostedCard old : book.cards(request.id())) {
      all.attempt(() -> {
        try {
          teams.replace(old.conversationId(), old.activityId(), card);
          sent(request, "TEAMS");
        } catch (ConnectorRejected e) {
          book.forget(request.id(), old);
          failed(request, "TEAMS");
        }
      });
    }
    all.end();
    if (request.state().isLive() && book.cards(request.id()).isEmpty()) {
      post(request, card);
    }
  }

  private void post(ApprovalRequest request, JsonNode card) {
    try {
      book.posted(request.id(), teams.newThread(channels.channelOf(request.clinicalService()), card));
      sent(request, "TEAMS");
    } catch (ConnectorRejected e) {
      failed(request, "TEAMS");
    }
  }

  /** Wakes the people of a tier, and security where two must agree; asking again for the same tier wakes nobody twice. */
  public void page(ApprovalRequest request, Plan plan, String tier) {
    AllOf all = new AllOf();
    all.attempt(() -> page(request, plan, request.clinicalService(), tier, windowNeeded(request, plan)));
    if (request.quorum() > 1) {
      all.attempt(() -> page(request, plan, SECURITY, tier + "-security", windowNeeded(request, plan)));
    }
    all.end();
  }

  /**
   * Wakes security and the service's people because a machine is still isolated past its deadline.
   *
   * @param round tells one reminder from the next: an acknowledged page under the same key would wake nobody
   */
  public void pageReleaseOverdue(ApprovalRequest request, Plan plan, long round) {
    String text = "Release overdue: " + plan.machineName() + " is still isolated (" + request.clinicalService() + ")";
    AllOf all = new AllOf();
    all.attempt(() -> page(request, plan, SECURITY, "release-security-" + round, text));
    all.attempt(() -> page(request, plan, request.clinicalService(), "release-" + round, text));
    all.end();
  }

  private static String windowNeeded(ApprovalRequest request, Plan plan) {
    return "Maintenance window needed: isolate " + plan.machineName() + " (" + request.clinicalService() + ")";
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
      pagerDuty.trigger(page);
      sent(request, "PAGERDUTY");
    } catch (PagerDutyRejected e) {
      book.resolved(key);
      failed(request, "PAGERDUTY");
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
    record(EvidenceType.NOTIFY_FAILED, request, channel);
  }

  private void sent(ApprovalRequest request, String channel) {
    record(EvidenceType.NOTIFY_SENT, request, channel);
  }

  private void record(EvidenceType type, ApprovalRequest request, String channel) {
    evidence.append(EvidenceEvent.ofCase(type, request.caseId(), null, Map.of("approval", request.id(), "channel", channel)));
  }

  private ApprovalCardFacts facts(ApprovalRequest request, Plan plan, String severity) {
    return new ApprovalCardFacts(
        request.id(),
        request.caseId(),
        plan.machineName(),
        request.clinicalService(),
        "Isolate the machine from the network",
        severity,
        "FORBIDDEN".equals(plan.route())
            ? "Defender raised an alert. The register says NEVER ISOLATE: only two named leads can override that"
            : "Defender raised an alert on this machine",
        request.answerDeadline(),
        zone,
        ApprovalCardFacts.State.valueOf(request.state().name()),
        request.windowFrom(),
        request.windowTo(),
        pageUrl(request));
  }

  private String pageUrl(ApprovalRequest request) {
    return publicUrl + "/approvals/" + request.id();
  }
}
