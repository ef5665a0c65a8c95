package io.cordon.channels;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.channels.pagerduty.PageRequest;
import io.cordon.channels.pagerduty.PagerDutyEvents;
import io.cordon.channels.teams.ApprovalCard;
import io.cordon.channels.teams.ApprovalCardFacts;
import io.cordon.channels.teams.ConnectorClient;
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

  /** Shows the request as it stands now: posts its card, or replaces the cards that are there. */
  public void show(ApprovalRequest request, Plan plan, String severity) {
    ApprovalCardFacts facts = facts(request, plan, severity);
    List<PostedCard> cards = book.cards(request.id());
    if (cards.isEmpty() && !request.state().isLive()) {
      return;
    }
    if (cards.isEmpty()) {
      card(request, facts, card -> book.posted(request.id(), teams.newThread(channels.channelOf(request.clinicalService()), card)));
    } else {
      cards.forEach(old -> card(request, facts, card -> teams.replace(old.conversationId(), old.activityId(), card)));
    }
    sent(request, "TEAMS");
  }

  private void card(ApprovalRequest request, ApprovalCardFacts facts, Consumer<JsonNode> send) {
    heldBack.orBare(request.caseId(), "TEAMS", ApprovalCard.of(facts), () -> ApprovalCard.bare(facts), send);
  }

  /** Wakes the people of a tier; asking again for the same tier wakes nobody twice. */
  public void page(ApprovalRequest request, Plan plan, String tier) {
    page(request, plan, request.clinicalService(), tier);
  }

  /** Wakes security where two must agree; the routing key is that of the service name SECURITY. */
  public void pageSecurity(ApprovalRequest request, Plan plan, String tier) {
    page(request, plan, "SECURITY", tier);
  }

  private void page(ApprovalRequest request, Plan plan, String service, String tier) {
    String key = "cordon/" + request.id() + "/" + tier;
    book.paging(request.id(), key, service);
    PageRequest page =
        new PageRequest(
            service,
            key,
            "Maintenance window needed: isolate " + plan.machineName() + " (" + request.clinicalService() + ")",
            plan.machineName(),
            PageRequest.Severity.CRITICAL,
            Map.of("request", request.id(), "case", request.caseId(), "decideBy", request.answerDeadline().toString()),
            List.of(new PageRequest.Link(URI.create(pageUrl(request)), "Open the approval page")));
    heldBack.orBare(request.caseId(), "PAGERDUTY", page, () -> page.bare("Maintenance window needed", request.caseId()), pagerDuty::trigger);
    sent(request, "PAGERDUTY");
  }

  /** Resolves every page of a request; after the end nobody is to be woken for it. */
  public void resolvePages(ApprovalRequest request) {
    for (ChannelBook.Page open : book.openPages(request.id())) {
      pagerDuty.resolve(open.clinicalService(), open.dedupKey());
      book.resolved(open.dedupKey());
    }
  }

  private void sent(ApprovalRequest request, String channel) {
    evidence.append(
        new EvidenceEvent(
            EvidenceType.NOTIFY_SENT, request.caseId(), null, Map.of("approval", request.id(), "channel", channel), List.of()));
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
