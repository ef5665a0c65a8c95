package io.cordon.channels.teams.answers;

import io.cordon.channels.ApprovalCards;
import io.cordon.channels.CaseSeverity;
import io.cordon.channels.ChannelBook;
import io.cordon.channels.teams.PostedCard;
import io.cordon.channels.teams.TeamsSettings;
import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.DecisionService;
import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import io.cordon.platform.people.Person;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What a pressed button does: shows the card anew, or brings an answer to the gate under the name of whoever pressed. */
@Component
class Presses {
  private static final Logger LOG = LoggerFactory.getLogger(Presses.class);

  private final TeamsSettings settings;
  private final ApprovalRequests requests;
  private final Plans plans;
  private final DecisionService decisions;
  private final ApprovalCards cards;
  private final ChannelBook book;
  private final CaseSeverity severities;
  private final EvidenceLog evidence;
  private final Clock clock;

  Presses(
      TeamsSettings settings,
      ApprovalRequests requests,
      Plans plans,
      DecisionService decisions,
      ApprovalCards cards,
      ChannelBook book,
      CaseSeverity severities,
      EvidenceLog evidence,
      Clock clock) {
    this.settings = settings;
    this.requests = requests;
    this.plans = plans;
    this.decisions = decisions;
    this.cards = cards;
    this.book = book;
    this.severities = severities;
    this.evidence = evidence;
    this.clock = clock;
  }

  /** Does it; the reply is for the person who pressed. */
  Reply handle(Activity activity, Pressed pressed) {
    Optional<String> person = activity.personObjectId();
    if (person.isEmpty()) {
      return Reply.message(Sentences.NOBODY);
    }
    Optional<ApprovalRequest> found = requests.find(pressed.approvalId());
    if (found.isEmpty()) {
      return Reply.message(Sentences.UNKNOWN_REQUEST);
    }
    ApprovalRequest request = found.get();
    if (!isOnACardOf(request, activity)) {
      return refused(request, person.get(), "UNKNOWN_CARD", Sentences.UNKNOWN_CARD);
    }
    Plan plan = plans.find(request.planId()).orElseThrow();
    if (!pressed.byHand() || pressed.isRefresh()) {
      return view(request, plan, person.get());
    }
    if (!"CHANNEL".equals(plan.assurance())) {
      return refused(request, person.get(), "STEP_UP_NEEDED", Sentences.STEP_UP_NEEDED);
    }
    return answer(request, plan, pressed, person.get());
  }

  /** A client that has the card of a request shows one we know, or one that was lost on the way out and is found now. */
  private boolean isOnACardOf(ApprovalRequest request, Activity activity) {
    PostedCard pressed = new PostedCard(activity.conversationId(), activity.cardId());
    if (book.isCardOf(request.id(), pressed)) {
      return true;
    }
    String channel = settings.channelOf(request.clinicalService());
    boolean lost = !pressed.activityId().isBlank() && activity.channelOfThread().equals(channel) && book.mayHaveLostOne(request.id(), channel);
    if (lost) {
      book.found(request.id(), channel, pressed);
    }
    return lost;
  }

  private Reply view(ApprovalRequest request, Plan plan, String oid) {
    boolean asked = requests.isRequester(request.caseId(), settings.tenantId(), oid);
    closeDuplicate(request, plan);
    String note = asked && request.state().isLive() ? Sentences.ASKED_BY_YOU : null;
    return Reply.card(cards.view(request, plan, severities.of(request.caseId()), note, !asked));
  }

  // what cannot be closed now is closed with the next change of the request
  private void closeDuplicate(ApprovalRequest request, Plan plan) {
    try {
      cards.closeDuplicates(request, plan, severities.of(request.caseId()));
    } catch (RuntimeException e) {
      LOG.warn("a second card of request {} could not be closed yet ({})", request.id(), e.getClass().getSimpleName());
    }
  }

  private Reply answer(ApprovalRequest request, Plan plan, Pressed pressed, String oid) {
    // which roles count is for the gate to look up, now
    var person = new Person(settings.tenantId(), oid, null, Set.of(), Set.of());
    DecisionOutcome outcome = decisions.decide(Answers.of(request, pressed, person, clock.instant()));
    ApprovalRequest now = requests.find(request.id()).orElseThrow();
    closeDuplicate(now, plan);
    boolean cardSaysMore = outcome.accepted() || !now.state().isLive();
    return cardSaysMore
        ? Reply.card(cards.view(now, plan, severities.of(now.caseId()), outcome.message(), false))
        : Reply.message(outcome.message());
  }

  private Reply refused(ApprovalRequest request, String oid, String refusal, String sentence) {
    evidence.append(
        EvidenceEvent.ofCase(
            EvidenceType.DECISION_REFUSED, request.caseId(), new EvidenceActor(settings.tenantId(), oid, "NONE"),
            Map.of("approval", request.id(), "refusal", refusal)));
    return Reply.message(sentence);
  }
}
