package io.cordon.channels;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.channels.teams.ApprovalCard;
import io.cordon.channels.teams.ApprovalCardFacts;
import io.cordon.channels.teams.ApprovalCardFacts.Answering;
import io.cordon.channels.teams.CardMark;
import io.cordon.channels.teams.ConnectorAmbiguous;
import io.cordon.channels.teams.ConnectorClient;
import io.cordon.channels.teams.ConnectorException;
import io.cordon.channels.teams.ConnectorRejected;
import io.cordon.channels.teams.PostedCard;
import io.cordon.channels.teams.TeamsSettings;
import io.cordon.gate.ApprovalHistory;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.Plan;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * The cards of a request: one that is shown, in the thread of its case, replaced whenever the request changes. Texts are built
 * from typed fields only.
 */
@Service
public class ApprovalCards {
  private static final String TEAMS = "TEAMS";

  private final ConnectorClient teams;
  private final PlanWords words;
  private final TeamsSettings settings;
  private final CardMark mark;
  private final ChannelBook book;
  private final Deliveries deliveries;
  private final HeldBack heldBack;
  private final ClinicalFacts clinical;
  private final ApprovalHistory history;
  private final CaseOrigin origins;
  private final ZoneId zone;
  private final String publicUrl;

  ApprovalCards(
      ConnectorClient teams,
      PlanWords words,
      TeamsSettings settings,
      CardMark mark,
      ChannelBook book,
      Deliveries deliveries,
      HeldBack heldBack,
      ClinicalFacts clinical,
      ApprovalHistory history,
      CaseOrigin origins,
      @Value("${cordon.public-url:http://localhost:8080}") String publicUrl,
      @Value("${cordon.zone:UTC}") ZoneId zone) {
    this.teams = teams;
    this.words = words;
    this.settings = settings;
    this.mark = mark;
    this.book = book;
    this.deliveries = deliveries;
    this.heldBack = heldBack;
    this.clinical = clinical;
    this.history = history;
    this.origins = origins;
    this.publicUrl = publicUrl;
    this.zone = zone;
  }

  /**
   * Shows the request as it stands now: replaces the cards that are there, or posts one. A card that somebody deleted in
   * Teams is forgotten.
   */
  void show(ApprovalRequest request, Plan plan, String severity) {
    ApprovalCardFacts facts = facts(request, plan, severity);
    AllOf all = new AllOf();
    book.cards(request.id()).forEach(old -> all.attempt(() -> replace(request, facts, old)));
    book.duplicates(request.id()).forEach(second -> all.attempt(() -> close(request, facts, second)));
    all.end();
    if (request.state().isLive() && book.cards(request.id()).isEmpty()) {
      post(request, facts);
    }
  }

  /** Closes cards of a request that were sent twice and found since; what fails now is done with its next change. */
  public void closeDuplicates(ApprovalRequest request, Plan plan, String severity) {
    if (!book.duplicates(request.id()).isEmpty()) {
      ApprovalCardFacts facts = facts(request, plan, severity);
      book.duplicates(request.id()).forEach(second -> close(request, facts, second));
    }
  }

  /** Says a sentence in the thread of the case; without a thread that fails. A webhook knows no threads. */
  void say(ApprovalRequest request, String text) {
    String channel = settings.channelOf(request.clinicalService());
    String thread =
        settings.mode() == TeamsSettings.Mode.WORKFLOW
            ? "workflow"
            : book.threadOf(request.caseId(), channel).orElseThrow(() -> new IllegalStateException("the case has no thread in Teams"));
    teams.say(thread, text);
    deliveries.said(request, thread);
  }

  /** The request as one person sees it, with a sentence for them; without buttons for somebody who may not answer. */
  public JsonNode view(ApprovalRequest request, Plan plan, String severity, String note, boolean mayAnswer) {
    ApprovalCardFacts facts = facts(request, plan, severity);
    return mark.on(ApprovalCard.of(mayAnswer ? facts : facts.withoutButtons(), note));
  }

  private void replace(ApprovalRequest request, ApprovalCardFacts facts, PostedCard old) {
    try {
      heldBack.orBare(
          request.caseId(), TEAMS, ApprovalCard.of(facts), () -> ApprovalCard.bare(facts),
          card -> teams.replace(old.conversationId(), old.activityId(), card));
      deliveries.cardSent(request, "REPLACED", old);
    } catch (ConnectorRejected e) {
      book.forget(request.id(), old);
      deliveries.failed(request, TEAMS, "card");
    }
  }

  private void close(ApprovalRequest request, ApprovalCardFacts facts, PostedCard second) {
    try {
      teams.replace(second.conversationId(), second.activityId(), ApprovalCard.duplicate(facts));
      deliveries.cardSent(request, "DUPLICATE_CLOSED", second);
    } catch (ConnectorRejected e) {
      book.forget(request.id(), second);
    }
  }

  private void post(ApprovalRequest request, ApprovalCardFacts facts) {
    try {
      heldBack.orBare(
          request.caseId(), TEAMS, ApprovalCard.of(facts), () -> ApprovalCard.bare(facts),
          card -> deliveries.cardSent(request, settings.mode() == TeamsSettings.Mode.WORKFLOW ? "ACCEPTED" : "POSTED", posted(request, card)));
    } catch (ConnectorRejected e) {
      deliveries.failed(request, TEAMS, "card");
    }
  }

  private PostedCard posted(ApprovalRequest request, JsonNode card) {
    String channel = settings.channelOf(request.clinicalService());
    Optional<String> thread = channel == null ? Optional.empty() : book.threadOf(request.caseId(), channel);
    if (thread.isPresent()) {
      try {
        return remembered(request, channel, () -> teams.reply(thread.get(), card));
      } catch (ConnectorRejected e) {
        // somebody deleted the thread
      }
    }
    return remembered(request, channel, () -> teams.newThread(channel, card));
  }

  /** Notes the post before it is made, so that a card whose answer was lost is known when it turns up. */
  private PostedCard remembered(ApprovalRequest request, String channel, Supplier<PostedCard> send) {
    UUID post = book.posting(request.id(), String.valueOf(channel));
    try {
      PostedCard card = send.get();
      book.posted(request.id(), card, post);
      return card;
    } catch (ConnectorAmbiguous e) {
      throw e;
    } catch (ConnectorException | io.cordon.platform.phi.PatientDataFound e) {
      book.notPosted(post);
      throw e;
    }
  }

  private ApprovalCardFacts facts(ApprovalRequest request, Plan plan, String severity) {
    Optional<Instant> askedAgain = clinical.askedAgainUntil(request);
    return new ApprovalCardFacts(
        request.id(),
        request.requestRevision(),
        request.caseId(),
        plan.machines(),
        request.clinicalService() + ", asked: " + Wording.asked(request),
        words.title(plan),
        Plan.ISOLATE.equals(plan.action()),
        severity,
        reason(plan, origins.detectorOf(request.caseId())) + Wording.changed(history.changes(request)),
        PlanWords.stops(plan),
        PlanWords.wayBack(plan),
        clinical.clearance(plan.id()).orElse(null),
        askedAgain.orElse(request.answerDeadline()),
        zone,
        askedAgain.isPresent() ? ApprovalCardFacts.State.ASKED_AGAIN : state(request),
        request.windowFrom(),
        request.windowTo(),
        request.backBy(),
        answering(request, plan),
        publicUrl + "/approvals/" + request.id(),
        history.wasActedOn(request.id()));
  }

  private ApprovalCardFacts.State state(ApprovalRequest request) {
    return switch (history.undone(request)) {
      case NO -> ApprovalCardFacts.State.valueOf(request.state().name());
      case YES -> ApprovalCardFacts.State.UNDONE;
      case UNCLEAR -> ApprovalCardFacts.State.UNCLEAR;
    };
  }

  private static String reason(Plan plan, String detector) {
    if (plan.isEmergency()) {
      return "EMERGENCY: isolated at once when two leads agree. If it is offline, the isolation waits for it and ends with the emergency";
    }
    String why = Wording.why(detector);
    return "FORBIDDEN".equals(plan.route()) && Plan.ISOLATE.equals(plan.action())
        ? why + ". The register says NEVER ISOLATE: only two named leads can override that"
        : why;
  }

  private Answering answering(ApprovalRequest request, Plan plan) {
    if (settings.mode() != TeamsSettings.Mode.BOT) {
      return Answering.PAGE;
    }
    if (plan.isEmergency() || !"CHANNEL".equals(plan.assurance())) {
      return Answering.PAGE_AFTER_SIGN_IN;
    }
    return request.quorum() > 1 && request.decisionHash() != null ? Answering.BUTTONS_OF_SECOND : Answering.BUTTONS;
  }
}
