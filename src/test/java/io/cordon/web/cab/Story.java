package io.cordon.web.cab;

import io.cordon.alerts.CaseView;
import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes up the entries of a case. */
final class Story {
  static final Instant START = Instant.parse("2026-01-02T03:00:00Z");
  private final List<Fact> facts = new ArrayList<>();

  /** A case that was approved, isolated and released. */
  static Story told() {
    return new Story()
        .tell(0, EvidenceType.ALERT_RECEIVED, "", "\"detector\":\"Defender for Endpoint\",\"severity\":\"High\",\"tactics\":\"Execution,Impact\"")
        .tell(0, EvidenceType.CASE_OPENED, "", "\"systemAlertId\":\"s-1\"")
        .tell(1, EvidenceType.POLICY_DECIDED, "", "\"route\":\"CLINICAL_APPROVAL\",\"policyVersion\":3")
        .tell(1, EvidenceType.PLAN_MADE, "", "\"plan\":\"p-1\",\"planHash\":\"" + "ab".repeat(32) + "\",\"canonical\":\"{\\\"action\\\":\\\"ISOLATE\\\",\\\"bounds\\\":{\\\"maxIsolationHours\\\":8,\\\"release\\\":\\\"BY_HAND\\\"}}\"")
        .tell(1, EvidenceType.APPROVAL_REQUESTED, "", "\"approval\":\"a-1\"")
        .tell(9, EvidenceType.APPROVAL_GRANTED, "Clinical.Approver", "\"approval\":\"a-1\",\"outcome\":\"GRANTED\",\"decisionHash\":\"" + "cd".repeat(32)
            + "\",\"windowFrom\":\"2026-01-02T03:10:00Z\",\"windowTo\":\"2026-01-02T04:00:00Z\",\"backBy\":\"2026-01-02T08:00:00Z\",\"procedureImpact\":\"NONE_RUNNING\",\"reason\":\"NO_PATIENT_IMPACT\"")
        .tell(10, EvidenceType.ACTION_INTENT, "", "\"permit\":\"x-1\",\"approval\":\"a-1\",\"action\":\"ISOLATE\"")
        .tell(11, EvidenceType.ACTION_SENT, "", "\"permit\":\"x-1\"")
        .tell(12, EvidenceType.ACTION_RESULT, "", "\"permit\":\"x-1\",\"result\":\"SUCCEEDED\"")
        .tell(90, EvidenceType.RELEASE_INTENT, "", "\"permit\":\"x-2\",\"approval\":\"a-1\",\"action\":\"UNISOLATE\"")
        .tell(92, EvidenceType.RELEASE_RESULT, "", "\"permit\":\"x-2\",\"result\":\"SUCCEEDED\"")
        .tell(93, EvidenceType.CASE_CLOSED, "", "\"outcome\":\"HANDLED\"");
  }

  /** A case in which a process was stopped and nothing isolated. */
  static Story ofAStop() {
    return new Story()
        .tell(0, EvidenceType.ALERT_RECEIVED, "", "\"detector\":\"Defender for Endpoint\",\"severity\":\"High\",\"tactics\":\"\"")
        .tell(1, EvidenceType.PLAN_MADE, "", "\"plan\":\"p-1\",\"planHash\":\"" + "ab".repeat(32) + "\",\"canonical\":\"{\\\"action\\\":\\\"STOP_PROCESS\\\"}\"")
        .tell(10, EvidenceType.ACTION_INTENT, "", "\"permit\":\"x-1\",\"approval\":\"a-1\",\"action\":\"STOP_PROCESS\"")
        .tell(12, EvidenceType.ACTION_RESULT, "", "\"permit\":\"x-1\",\"result\":\"SUCCEEDED\"");
  }

  /** A case in which nobody knows whether the machine was isolated. */
  static Story unresolved() {
    return new Story()
        .tell(10, EvidenceType.ACTION_INTENT, "", "\"permit\":\"x-1\",\"approval\":\"a-1\",\"action\":\"ISOLATE\"")
        .tell(12, EvidenceType.ACTION_UNRESOLVED, "", "\"permit\":\"x-1\",\"result\":\"UNRESOLVED\"");
  }

  /** What somebody found at the machine. */
  Story found(int minute, String finding) {
    return tell(minute, EvidenceType.REVIEW_RECORDED, "Security.Lead", "\"task\":\"userTask_settleUnresolved\",\"finding\":\"" + finding + "\"");
  }

  /** Adds an entry some minutes after the start; without a role Cordon itself did it. */
  Story tell(int minute, EvidenceType type, String role, String data) {
    String actor = role.isEmpty() ? "" : "\"actor\":{\"oid\":\"oid-of-somebody\",\"role\":\"" + role + "\",\"tid\":\"t\"},";
    String leaf = "{" + actor + "\"at\":\"" + START.plusSeconds(60L * minute) + "\",\"data\":{" + data + "},\"refs\":[{\"sha256\":\"" + facts.size() + "\"}]}";
    facts.add(Fact.of(new EvidenceEntry(100L + facts.size(), type, "c-1", leaf.getBytes(StandardCharsets.UTF_8), new byte[32], true)));
    return this;
  }

  List<Fact> facts() {
    return facts;
  }

  ChangeRecord record(Map<Long, String> names) {
    return new ChangeRecord(
        new CaseView("c-1", "CLOSED", "High", "Defender for Endpoint", "pacs-gw-01", "m", "a", "PACS", "HANDLED", null, START, START.plusSeconds(5_580)),
        facts, names);
  }
}
