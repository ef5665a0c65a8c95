package io.cordon.channels;

import io.cordon.channels.teams.PostedCard;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalRequest;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What was delivered where and when, and what was not, as evidence. */
@Component
class Deliveries {
  private final EvidenceLog evidence;

  Deliveries(EvidenceLog evidence) {
    this.evidence = evidence;
  }

  /** A card is in Teams, under this id. */
  void cardSent(ApprovalRequest request, String what, PostedCard card) {
    record(EvidenceType.NOTIFY_SENT, request, "TEAMS", Map.of("what", what, "conversation", card.conversationId(), "activity", card.activityId()));
  }

  /** PagerDuty accepted a page under this key. */
  void pageSent(ApprovalRequest request, String dedupKey, String service) {
    record(EvidenceType.NOTIFY_SENT, request, "PAGERDUTY", Map.of("what", "TRIGGERED", "dedupKey", dedupKey, "service", service));
  }

  /** People could not be told over a channel. */
  void failed(ApprovalRequest request, String channel) {
    record(EvidenceType.NOTIFY_FAILED, request, channel, Map.of());
  }

  private void record(EvidenceType type, ApprovalRequest request, String channel, Map<String, Object> more) {
    Map<String, Object> facts = new HashMap<>(more);
    facts.put("approval", request.id());
    facts.put("channel", channel);
    facts.put("requestRevision", request.requestRevision());
    evidence.append(EvidenceEvent.ofCase(type, request.caseId(), null, facts));
  }
}
