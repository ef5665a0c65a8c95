package io.cordon.channels;

import io.cordon.channels.teams.PostedCard;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.Reachability;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What was delivered where and when, and what was not, as evidence. */
@Component
class Deliveries {
  static final String TEAMS = "TEAMS";
  static final String PAGERDUTY = "PAGERDUTY";

  private final EvidenceLog evidence;
  private final Reachability reach;
  private final MeterRegistry meters;

  Deliveries(EvidenceLog evidence, Reachability reach, MeterRegistry meters) {
    this.evidence = evidence;
    this.reach = reach;
    this.meters = meters;
  }

  /** A card is in Teams, under this id. */
  void cardSent(ApprovalRequest request, String what, PostedCard card) {
    record(EvidenceType.NOTIFY_SENT, request, TEAMS, Map.of("what", what, "conversation", card.conversationId(), "activity", card.activityId()));
    reach.delivered(request, TEAMS);
  }

  /** A sentence is in the thread of the case. */
  void said(ApprovalRequest request, String conversation) {
    record(EvidenceType.NOTIFY_SENT, request, TEAMS, Map.of("what", "SAID", "conversation", conversation));
    reach.delivered(request, TEAMS);
  }

  /** PagerDuty accepted a page under this key: TRIGGERED for one of its own, IN_DIGEST for one of several requests. */
  void pageSent(ApprovalRequest request, String what, String dedupKey, String service) {
    record(EvidenceType.NOTIFY_SENT, request, PAGERDUTY, Map.of("what", what, "dedupKey", dedupKey, "service", service));
    reach.delivered(request, PAGERDUTY);
  }

  /** Something could not be delivered over a channel. */
  void failed(ApprovalRequest request, String channel, String stage) {
    meters.counter("cordon.channels.failed", "channel", channel).increment();
    record(EvidenceType.NOTIFY_FAILED, request, channel, Map.of("stage", stage));
    if (TEAMS.equals(channel) || PAGERDUTY.equals(channel)) {
      reach.notDelivered(request, channel);
    }
  }

  /** A rung of the ladder was taken: REMINDED or BOTH_LEADS. */
  void escalated(ApprovalRequest request, String rung) {
    evidence.append(
        EvidenceEvent.ofCase(
            EvidenceType.ESCALATED, request.caseId(), null, Map.of("approval", request.id(), "tier", request.tier(), "reason", rung)));
  }

  private void record(EvidenceType type, ApprovalRequest request, String channel, Map<String, Object> more) {
    Map<String, Object> facts = new HashMap<>(more);
    facts.put("approval", request.id());
    facts.put("channel", channel);
    facts.put("requestRevision", request.requestRevision());
    evidence.append(EvidenceEvent.ofCase(type, request.caseId(), null, facts));
  }
}
