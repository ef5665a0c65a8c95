package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordon.evidence.CanonicalJson;
import io.cordon.evidence.EvidenceType;
import io.cordon.evidence.Sha256;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.Permits;
import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import io.cordon.gate.rules.RuleUnusable;
import io.cordon.gate.rules.RuleVersion;
import io.cordon.gate.rules.StandingRules;
import io.cordon.platform.people.Person;
import io.cordon.testing.OutsideWorld;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A rule that named people agreed on beforehand stands in for an approval: the same permit, the same evidence, no shorter way. */
class StandingRulesTest extends PolicyWorld {
  private static final Person EXECUTIVE = person("clin.exec", "Clinical.Executive");
  private static final Person LEAD = person("sec.lead", "Security.Lead");
  /** Sunday, when the rule of these tests holds from 01:00 to 05:00. */
  private static final Instant INSIDE = Instant.parse("2026-03-01T02:00:00Z");

  private static final String BLACKOUT =
      "BEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\nDTSTART:20260301T040000Z\nDTEND:20260301T043000Z\nCATEGORIES:Blackout\nEND:VEVENT\n";

  @Autowired StandingRules rules;
  @Autowired ApprovalRequests requests;
  @Autowired Permits permits;
  @Autowired Plans plans;
  @Autowired ManagementService management;
  @Autowired TaskService tasks;
  @Autowired Playbooks playbooks;

  @BeforeEach
  void haveADevelopmentMachineAndNoRule() {
    clock.set(INSIDE);
    agreeOn(withStandardChanges());
    beADevelopmentMachine();
  }

  @Test
  void goesStraightToIsolationInsideTheWindowOfARule() {
    haveARule();
    String caseId = alert();
    openWindow(caseId);
    assertThat(outside.calls).contains("isolate").doesNotContain("page");
    assertThat(outside.openPages).isEmpty();
    ApprovalRequest approval = approval(caseId);
    assertThat(approval.state()).isEqualTo(ApprovalState.GRANTED);
    assertThat(approval.windowFrom()).isEqualTo(INSIDE);
    assertThat(approval.windowTo()).isEqualTo("2026-03-01T05:00:00Z");
    assertThat(permits.ofCase(caseId)).singleElement().satisfies(permit -> assertThat(permit.state()).isEqualTo("SUCCEEDED"));
    pump.flush();
    assertThat(evidence.entriesOfCase(caseId).stream().map(entry -> entry.type().name()))
        .containsSubsequence("POLICY_DECIDED", "PLAN_MADE", "APPROVAL_REQUESTED", "APPROVAL_GRANTED", "ACTION_INTENT", "ACTION_SENT", "ACTION_RESULT");
    assertThat(log(EvidenceType.APPROVAL_GRANTED)).singleElement()
        .satisfies(json -> assertThat(json).contains("\"rule\":\"dev-build\"", "\"ruleVersion\":1", approval.decisionHash()));
  }

  @Test
  void bindsTargetActionWindowPlanAndTheVersionOfTheRule() {
    RuleVersion rule = haveARule();
    String caseId = alert();
    ApprovalRequest approval = approval(caseId);
    Plan plan = plans.find(approval.planId()).orElseThrow();
    String bound = new String(
        CanonicalJson.write(
            Map.of(
                "planHash", plan.planHash(), "verdict", "STANDARD_CHANGE", "action", "ISOLATE",
                "target", Map.of("mde", OutsideWorld.MACHINE, "arc", OutsideWorld.ARC),
                "window", Map.of("from", "2026-03-01T02:00:00Z", "to", "2026-03-01T05:00:00Z"),
                "backBy", "2026-03-02T02:00:00Z",
                "rule", Map.of("id", "dev-build", "version", 1, "sha256", rule.sha256()))),
        StandardCharsets.UTF_8);
    assertThat(approval.decisionHash()).isEqualTo(Sha256.of(bound));
  }

  /** What is true when the intent is written may be over when it is sent. */
  @ParameterizedTest
  @ValueSource(strings = {
    "update standing_rule set state = 'WITHDRAWN'",
    "update standing_rule set state = 'REPLACED'",
    "update standing_rule set expires_at = '2026-03-01T02:00:00Z'",
    "update standing_rule set action = 'STOP_PROCESS'",
    "update standing_rule set clinical_services = '{EHR}'",
    "update standing_rule set hosts = '{another}'",
    "update asset_register set env = 'Prod'",
    "update asset_register set env = null",
    "update asset_register set contains_phi = 'true'",
    "update asset_register set contains_phi = null",
    "update asset_register set never_isolate = 'true'",
    "update asset_register set clinical_service = 'EHR'",
    "delete from asset_register",
    "delete from standing_grant",
  })
  void sendsNothingWhenTheRuleNoLongerCoversTheMachine(String change) {
    haveARule();
    String permit = intended();
    jdbc.sql(change).update();
    assertThat(permits.beginSending(permit)).isEmpty();
    assertThat(permits.find(permit).orElseThrow().state()).isEqualTo("INTENDED");
  }

  @Test
  void sendsNothingThatNeitherAPersonNorARuleAnswered() {
    String caseId = alert();
    jdbc.sql(
            """
            update approval_request
               set state = 'GRANTED', window_from = asked_at, window_to = asked_at + interval '1 hour', back_by = asked_at + interval '2 hours',
                   decision_hash = repeat('a', 64)""")
        .update();
    String permit = permits.intend(approval(caseId), plans.find(approval(caseId).planId()).orElseThrow()).id();
    pump.flush();
    assertThat(permits.beginSending(permit)).isEmpty();
  }

  @Test
  void sendsWhatTheRuleStillCoversAndUpToTheLastMomentButNotAfter() {
    haveARule();
    String permit = intended();
    clock.set(Instant.parse("2026-03-01T04:58:00Z"));
    assertThat(permits.beginSending(permit)).isEmpty();
    clock.set(Instant.parse("2026-03-01T04:57:59Z"));
    assertThat(permits.beginSending(permit)).isPresent();
  }

  private String intended() {
    ApprovalRequest approval = approval(alert());
    String permit = permits.intend(approval, plans.find(approval.planId()).orElseThrow()).id();
    pump.flush();
    return permit;
  }

  @Test
  void asksAPersonWhenTheRuleIsWithdrawnBeforeTheSend() {
    haveARule();
    String caseId = alert();
    assertThat(rules.end("dev-build", 1, LEAD).orElseThrow().code()).isEqualTo("WITHDRAWN");
    openWindow(caseId);
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(permits.ofCase(caseId)).singleElement().satisfies(permit -> assertThat(permit.state()).isEqualTo("NOT_SENT"));
    assertThat(tasks.createTaskQuery().processInstanceBusinessKey(caseId).taskDefinitionKey("userTask_reviewOutcome").count()).isEqualTo(1);
  }

  @Test
  void asksPeopleWhenTheCalendarWasNotReadSinceTheStart() {
    haveARule();
    restartWithoutTheCalendar();
    assertThatPeopleAreAsked(alert());
  }

  @Test
  void sendsNothingWhenTheCalendarWasNotReadSinceTheStart() {
    haveARule();
    String caseId = alert();
    assertThat(approval(caseId).state()).isEqualTo(ApprovalState.GRANTED);
    restartWithoutTheCalendar();
    openWindow(caseId);
    assertThatItIsReviewed(caseId, "CALENDAR_UNREADABLE");
  }

  @Test
  void sendsNothingInABlackoutThatCameAfterTheGrant() {
    haveARule();
    String caseId = alert();
    putIntoTheCalendar(BLACKOUT);
    openWindow(caseId);
    assertThatItIsReviewed(caseId, "BLACKOUT");
  }

  @Test
  void asksPeopleWhenTheWindowOfTheRuleRunsIntoABlackout() {
    haveARule();
    putIntoTheCalendar(BLACKOUT);
    windows.lookAgain(null);
    assertThatPeopleAreAsked(alert());
  }

  private void assertThatItIsReviewed(String caseId, String reason) {
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(log(EvidenceType.WINDOW_CLOSED)).singleElement().satisfies(json -> assertThat(json).contains(reason));
    assertThat(tasks.createTaskQuery().processInstanceBusinessKey(caseId).taskDefinitionKey("userTask_reviewOutcome").count()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"2026-03-01T00:59:59Z", "2026-03-01T04:55:01Z", "2026-03-01T05:00:00Z", "2026-03-02T02:00:00Z"})
  void asksPeopleOutsideTheWindowOfTheRule(Instant now) {
    haveARule();
    clock.set(now);
    assertThatPeopleAreAsked(alert());
  }

  @Test
  void asksPeopleWithoutARuleThatIsLive() {
    rules.propose(rule("dev-build", "clin.exec"), ONE);
    assertThatPeopleAreAsked(alert());
  }

  @ParameterizedTest
  @ValueSource(strings = {"env = 'Prod'", "env = null", "contains_phi = 'true'", "contains_phi = null", "clinical_service = 'EHR'"})
  void coversNoMachineOnWhichAPatientMayDepend(String change) {
    haveARule();
    jdbc.sql("update asset_register set " + change).update();
    String caseId = alert();
    assertThat(requests.ofCase(caseId)).noneMatch(request -> request.state() == ApprovalState.GRANTED);
    assertThat(outside.calls).doesNotContain("isolate");
  }

  @Test
  void asksPeopleWhenWhoeverAskedMadeTheRule() {
    String launch = "<outputEntry id=\"rule_9_launch\">\n          <text>";
    byte[] byHand = new String(withStandardChanges(), StandardCharsets.UTF_8).replace(launch + "true", launch + "false").getBytes(StandardCharsets.UTF_8);
    agreeOn(byHand);
    haveARule();
    Person both = person("clin.exec", "Soc.Analyst", "Clinical.Executive");
    String caseId = alert();
    playbooks.launch(caseId, "containLinuxHost", both);
    worker.runDue();
    assertThatPeopleAreAsked(caseId);
    startAnew();
    haveADevelopmentMachineAndNoRule();
    agreeOn(byHand);
    haveARule();
    String other = alert();
    playbooks.launch(other, "containLinuxHost", person("soc.one", "Soc.Analyst"));
    worker.runDue();
    assertThat(approval(other).state()).isEqualTo(ApprovalState.GRANTED);
  }

  @Test
  void isLiveOnceEverybodyItNamesAgreed() {
    rules.propose(rule("dev-build", "clin.exec\",\"sec.lead"), ONE);
    assertThat(agree(1, ONE)).isEqualTo("SAME_PERSON");
    assertThat(agree(1, TWO)).isEqualTo("NOT_AN_APPROVER");
    assertThat(agree(1, person("clin.exec", "Clinical.Approver"))).isEqualTo("ROLE_MISSING");
    assertThat(agree(1, new Person("elsewhere", "clin.exec", "x", java.util.Set.of("Clinical.Executive"), java.util.Set.of()))).isEqualTo("NOT_AN_APPROVER");
    assertThat(agree(1, EXECUTIVE)).isEqualTo("AGREED");
    assertThat(rules.liveFor("ISOLATE")).isEmpty();
    assertThat(agree(1, EXECUTIVE)).isEqualTo("AGREED");
    assertThat(agree(1, LEAD)).isEqualTo("LIVE");
    assertThat(agree(1, LEAD)).isEqualTo("ALREADY_DECIDED");
    assertThat(rules.liveFor("ISOLATE")).hasSize(1);
    assertThat(log(EvidenceType.CONFIG_CHANGED)).filteredOn(json -> json.contains("STANDING_RULE")).hasSize(4)
        .allSatisfy(json -> assertThat(json).contains("\"rule\":\"dev-build\"", "\"owner\":\"grp-imaging\"", "\"version\":\"1\"", "sha256"))
        .anySatisfy(json -> assertThat(json).contains("\"deed\":\"LIVE\"", "\"approvedBy\":\"clin.exec,sec.lead\"", "\"proposedBy\":\"adm.one\""));
    assertThat(log(EvidenceType.DECISION_REFUSED)).hasSize(5);
  }

  @Test
  void changesOnlyByAnotherVersionThatPeopleAgreeOn() {
    haveARule();
    rules.propose(rule("dev-build", "sec.lead"), ONE);
    assertThat(rules.liveFor("ISOLATE")).extracting(RuleVersion::version).containsExactly(1);
    rules.propose(rule("dev-build", "sec.lead"), ONE);
    assertThat(agree(3, LEAD)).isEqualTo("LIVE");
    assertThat(rules.liveFor("ISOLATE")).extracting(RuleVersion::version).containsExactly(3);
    assertThat(agree(2, LEAD)).isEqualTo("STALE_VERSION");
    assertThat(rules.end("dev-build", 2, ONE).orElseThrow().code()).isEqualTo("REJECTED");
    assertThat(rules.end("dev-build", 1, ONE).orElseThrow().code()).isEqualTo("ALREADY_DECIDED");
    assertThat(rules.end("dev-build", 3, person("aud.one", "Auditor")).orElseThrow().code()).isEqualTo("ROLE_MISSING");
    assertThat(rules.agree("nothing", 1, LEAD)).isEmpty();
  }

  @Test
  void livesAYearAtMostAndIsAgreedOnByOthers() {
    String good = new String(rule("dev-build", "sec.lead"), StandardCharsets.UTF_8);
    for (String expires : List.of("2026-03-01T02:00:00Z", "2027-03-03T00:00:00Z")) {
      byte[] file = good.replace("2026-12-31T00:00:00Z", expires).getBytes(StandardCharsets.UTF_8);
      assertThat(catchThrowableOfType(RuleUnusable.class, () -> rules.propose(file, ONE)).field()).isEqualTo("expires");
    }
    assertThat(catchThrowableOfType(RuleUnusable.class, () -> rules.propose(rule("dev-build", "adm.one"), ONE)).field()).isEqualTo("approvers");
    rules.propose(rule("dev-build", "sec.lead"), ONE);
    clock.set(Instant.parse("2026-12-31T00:00:00Z"));
    assertThat(agree(1, LEAD)).isEqualTo("EXPIRED");
    clock.set(INSIDE);
  }

  private RuleVersion haveARule() {
    rules.propose(rule("dev-build", "clin.exec"), ONE);
    assertThat(agree(1, EXECUTIVE)).isEqualTo("LIVE");
    return rules.liveFor("ISOLATE").get(0);
  }

  private String agree(int version, Person person) {
    return rules.agree("dev-build", version, person).orElseThrow().code();
  }

  private static byte[] rule(String id, String approvers) {
    return """
        {"id":"%s","env":"Dev","clinicalServices":["PACS"],"action":"ISOLATE","owner":"grp-imaging","approvers":["%s"],
         "expires":"2026-12-31T00:00:00Z","zone":"UTC","weekly":[{"days":["SUNDAY"],"from":"01:00","to":"05:00"}]}"""
        .formatted(id, approvers).getBytes(StandardCharsets.UTF_8);
  }

  private ApprovalRequest approval(String caseId) {
    List<ApprovalRequest> all = requests.ofCase(caseId);
    return all.get(all.size() - 1);
  }

  private void assertThatPeopleAreAsked(String caseId) {
    assertThat(approval(caseId).state()).isEqualTo(ApprovalState.PENDING);
    assertThat(outside.calls).contains("card", "page").doesNotContain("isolate");
  }

  private void openWindow(String caseId) {
    List<Job> due = management.createJobQuery().activityId("catchEvent_windowOpens").list();
    assertThat(due).hasSize(1);
    management.executeJob(due.get(0).getId());
    worker.runDue();
  }
}
