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
import java.util.function.Consumer;
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
  private final HeldBack heldBack;
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
    this.heldBack = new HeldBack(evidence);
    this.publicUrl = publicUrl;
    this.zone = zone;
  }

  /**
   * Shows the request as it stands now: replaces the cards that are there, or posts one. A card that somebody deleted in
   * Teams is forgotten.
   */
  public void show(ApprovalRequest request, Plan plan, String severity) {
    ApprovalCardFacts facts = facts(request, plan, severity);
    AllOf all = new AllOf();
    book.cards(request.id()).forEach(old -> all.attempt(() -> replace(request, facts, old)));
    all.end();
    if (request.state().isLive() && book.cards(request.id()).isEmpty()) {
      post(request, facts);
    }
  }

  private void replace(ApprovalRequest request, ApprovalCardFacts facts, PostedCard old) {
    try {
      send(request, facts, card -> teams.replace(old.conversationId(), old.activityId(), card));
    } catch (ConnectorRejected e) {
      book.forget(request.id(), old);
      failed(request, "TEAMS");
    }
  }

  private void post(ApprovalRequest request, ApprovalCardFacts facts) {
    try {
      send(request, facts, card -> book.posted(request.id(), teams.newThread(channels.channelOf(request.clinicalService()), card)));
    } catch (ConnectorRejected e) {
      failed(request, "TEAMS");
    }
  }

  private void send(ApprovalRequest request, ApprovalCardFacts facts, Consumer<JsonNode> send) {
    heldBack.orBare(request.caseId(), "TEAMS", ApprovalCard.of(facts), () -> ApprovalCard.bare(facts), send);
    sent(request, "TEAMS");
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
      heldBack.orBare(request.caseId(), "PAGERDUTY", page, () -> page.bare("Cordon needs an answer; open the link", request.caseId()), pagerDuty::trigger);
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
        reason(plan),
        request.answerDeadline(),
        zone,
        ApprovalCardFacts.State.valueOf(request.state().name()),
        request.windowFrom(),
        request.windowTo(),
        pageUrl(request));
  }

  private static String reason(Plan plan) {
    if (plan.isEmergency()) {
      return "EMERGENCY: isolated at once when two leads agree. If it is offline, the isolation waits for it and ends with the emergency";
    }
    return "FORBIDDEN".equals(plan.route())
        ? "Defender raised an alert. The register says NEVER ISOLATE: only two named leads can override that"
        : "Defender raised an alert on this machine";
  }

  private String pageUrl(ApprovalRequest request) {
    return publicUrl + "/approvals/" + request.id();
  }
}
