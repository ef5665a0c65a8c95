package io.cordon.evidence;

import static io.cordon.evidence.EvidenceMember.code;
import static io.cordon.evidence.EvidenceMember.flag;
import static io.cordon.evidence.EvidenceMember.hash;
import static io.cordon.evidence.EvidenceMember.json;
import static io.cordon.evidence.EvidenceMember.number;
import static io.cordon.evidence.EvidenceMember.time;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The closed list of things the log can say happened, each with everything it may say about it: what is not listed is
 * refused, so no field gets into six years of evidence by accident. Names are part of the stored format: add, never change.
 */
public enum EvidenceType {
  ALERT_RECEIVED(Members.ALERT),
  ALERT_UPDATED(Members.ALERT),
  ALERT_DUPLICATE(code("systemAlertId")),
  ALERT_QUARANTINED(code("reason")),
  CASE_OPENED(code("systemAlertId")),
  CASE_JOINED(code("systemAlertId")),
  CASE_MERGED(code("into"), code("from")),
  CASE_CLOSED(code("outcome"), code("ticket")),
  ASSET_RESOLVED(
      code("outcome"), code("mde"), code("arc"), code("by"), code("sources"), code("onboarding"), code("health"), code("os"),
      code("arcStatus"), code("capability"), code("warnings"), time("readAt"), flag("stale"), number("registerRevision")),
  POLICY_DECIDED(
      code("route"), flag("launch"), code("approvers"), number("quorum"), code("assurance"), number("answerMinutes"),
      number("maxIsolationHours"), code("release"), number("policyVersion"), hash("policyHash"), code("inputs"), code("ladder")),
  PLAN_MADE(code("plan"), hash("planHash"), json("canonical")),
  CLEARANCE_CHECKED(
      code("check"), code("plan"), code("clearance"), code("reason"), time("readAt"), time("validUntil"), flag("beforeActing"),
      code("encounter"), code("procedure"), code("appointment"), code("slot"), code("serviceRequest")),
  APPROVAL_REQUESTED(
      code("approval"), hash("planHash"), number("tier"), code("role"), number("quorum"), flag("again"), code("reason"),
      hash("decisionHash")),
  APPROVAL_GRANTED(Members.ANSWER),
  APPROVAL_REJECTED(Members.ANSWER),
  APPROVAL_HELD(Members.ANSWER),
  APPROVAL_EXPIRED(
      code("approval"), number("tier"), flag("again")),
  APPROVAL_WITHDRAWN(code("approval"), code("reason"), flag("inFlight")),
  APPROVAL_VOIDED(code("approval"), code("reason")),
  DECISION_REFUSED(code("approval"), code("refusal"), code("what"), code("change")),
  NOTIFY_SENT(Members.MESSAGE),
  NOTIFY_FAILED(Members.MESSAGE),
  ESCALATED(code("approval"), number("tier"), code("rung"), code("channel"), code("reason"), number("overdue")),
  WINDOW_OPENED(code("approval"), time("windowFrom"), time("windowTo")),
  WINDOW_CLOSED(code("approval"), time("windowFrom"), time("windowTo"), code("reason")),
  ACTION_INTENT(Members.INTENT),
  /** In SHADOW also what would have been sent: {@code held}, with the operation and the body of the request. */
  ACTION_SENT(code("permit"), code("mdeAction"), flag("held"), code("operation"), code("machine"), json("request")),
  ACTION_RESULT(Members.OUTCOME),
  ACTION_UNRESOLVED(Members.OUTCOME),
  ACTION_CANCELLED(Members.OUTCOME),
  ACTION_DEVIATION(Members.OUTCOME),
  /** What Defender did under a permit that had ended without a known result. */
  ACTION_FOUND_LATE(code("permit"), code("mdeAction"), code("machine"), code("result")),
  OUT_OF_BAND_ACTION(code("mdeAction"), code("action"), code("machine"), code("state"), time("seenAt")),
  BREAK_GLASS(code("approval"), code("reason"), code("step"), hash("decisionHash"), code("onCall"), number("inThirtyDays")),
  ISOLATION_EXTENDED(code("approval"), code("permit"), time("until"), code("reason")),
  RELEASE_INTENT(Members.INTENT),
  RELEASE_RESULT(Members.OUTCOME),
  COMPENSATING_CONTROL(code("control"), code("step"), code("approval"), hash("decisionHash"), code("reason")),
  /** Also what was seen of a machine after an action on it: {@code what} AFTER_ISOLATION or AFTER_RELEASE. */
  POSTURE_RECORDED(
      code("what"), code("permit"), code("machine"), code("result"), code("sensor"), time("lastSeen"), code("arcStatus"), code("probe"),
      time("readAt")),
  /** What was found in Defender's own tables around an action: counts, never rows. */
  HUNT_RECORDED(
      code("permit"), code("hunt"), code("period"), time("from"), time("to"), code("outcome"), code("reason"), number("etc"), number("ssh"),
      number("pacs"), number("flows"), number("peers"), number("hits")),
  SEALED_READ(code("material"), code("reason")),
  MATERIAL_PURGED(code("what"), number("count"), time("before"), number("retentionDays")),
  CONFIG_CHANGED(
      code("what"), code("arc"), code("field"), code("from"), code("to"), hash("fromFingerprint"), hash("toFingerprint"), code("change"),
      code("proposedBy"), code("proposedByTenant"), code("approvedBy"), code("version"), number("checksum"), code("state"),
      code("reason"), code("deed"), hash("sha256"), hash("replacedSha256"), number("baseVersion"), hash("baseSha256"), number("gaps"),
      number("weaker"), code("rule"), code("owner"), time("expires")),
  KEY_ROTATED(code("what"), code("from"), code("to"), number("size")),
  HEARTBEAT(),
  CAB_EXPORTED(code("scope"), time("from"), time("to"), number("cases")),
  /** Also what people chose in a form: {@code done} and the fields that are codes, never those that are text. */
  REVIEW_RECORDED(
      code("task"), code("triageDecision"), code("reasonCode"), code("control"), code("done"), code("assetChoice"), code("finding"),
      code("holdDecision"), code("controlApplied"), code("emergencyJudgement"), code("patientImpact"), code("followUp"), number("services"),
      number("process"), code("dataStatement"));

  private final List<EvidenceMember> members;

  EvidenceType(EvidenceMember... members) {
    this.members = List.of(members);
  }

  /** @throws IllegalArgumentException for a member that is not listed, or a value that is not of its kind */
  void check(Map<String, Object> data) {
    data.forEach((name, value) -> {
      Optional<EvidenceMember> member = members.stream().filter(one -> one.name().equals(name)).findFirst();
      if (member.isEmpty()) {
        throw new IllegalArgumentException(this + " has no member " + name + "; evidence keeps only what EvidenceType lists");
      }
      if (!member.get().kind().takes(value)) {
        throw new IllegalArgumentException(this + " " + name + " is not a " + member.get().kind());
      }
    });
  }

  /** Members that several events share. */
  private static final class Members {
    static final EvidenceMember[] ALERT = {
      code("systemAlertId"), code("severity"), code("detector"), code("tactics"), flag("falsePositive"), code("processIds")
    };
    static final EvidenceMember[] ANSWER = {
      code("approval"), number("requestRevision"), code("outcome"), code("reason"), hash("decisionHash"), time("windowFrom"),
      time("windowTo"), time("backBy"), code("procedureImpact"), code("zone"), flag("windowFromCalendar"), code("clearanceSeen"),
      code("vouchedBy"), number("machinesAtOnce"), json("leftOut"), code("clearance"), flag("again"), hash("replaces"), code("rule"),
      number("ruleVersion"), hash("ruleHash")
    };
    static final EvidenceMember[] MESSAGE = {
      code("channel"), code("what"), code("stage"), code("approval"), number("requestRevision"), code("permit"), code("rule"),
      code("conversation"), code("activity"), code("dedupKey"), code("service"), number("overdue"), number("tier"), number("rung"),
      time("occurredAt"), code("pagerDutyUser"), code("incident"), code("state")
    };
    static final EvidenceMember[] INTENT = {code("permit"), code("approval"), hash("decisionHash"), code("action"), code("machine")};
    static final EvidenceMember[] OUTCOME = {
      code("permit"), code("mdeAction"), code("result"), code("reason"), number("exitCode"), number("transcriptBytes")
    };
  }
}
