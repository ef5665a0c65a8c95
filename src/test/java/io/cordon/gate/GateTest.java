package io.cordon.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.CaseBook;
import io.cordon.alerts.IntakeResult;
import io.cordon.alerts.IntakeResult.Disposition;
import io.cordon.alerts.UnreadableAlertException;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidencePump;
import io.cordon.platform.people.Person;
import io.cordon.platform.sealed.SealedStore;
import io.cordon.playbook.worker.ExternalTaskWorker;
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.TestSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The front door and the gate under many hands at once, on a real database. */
@SpringBootTest(properties = "cordon.gate.tenant-id=tenant")
@Import(GateTest.Played.class)
class GateTest {
  private static final int HANDS = 16;
  private static final Person SOC = new Person("tenant", "soc.one", "x", Set.of("Soc.Analyst"), Set.of());
  private static final Person LEAD = new Person("tenant", "sec.lead", "x", Set.of("Security.Lead"), Set.of());

  @Autowired AlertIntake intake;
  @Autowired CaseBook cases;
  @Autowired ApprovalRequests requests;
  @Autowired DecisionService decisions;
  @Autowired Withdrawal withdrawal;
  @Autowired Permits permits;
  @Autowired OpenQuestions questions;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Plans plans;
  @Autowired EvidenceLog evidence;
  @Autowired SealedStore sealed;
  @Autowired OutsideWorld outside;
  @Autowired EvidencePump pump;
  @Autowired ExternalTaskWorker worker;
  @Autowired RuntimeService runtime;
  @Autowired JdbcClient jdbc;
  @Autowired Clock clock;

  /** The outside world is played; not a stereotype, so that no other run picks it up. */
  static class Played {
    @Bean
    @Primary
    OutsideWorld outsideWorld() {
      return new OutsideWorld();
    }
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    TestSettings.register(registry, "gate");
    registry.add("cordon.gate.clinical-services.PACS", () -> "group-pacs");
  }

  @BeforeEach
  void endWhatIsLeft() {
    jdbc.sql("update execution_permit set settled_at = intended_at where settled_at is null").update();
    runtime.createProcessInstanceQuery().rootProcessInstances().list()
        .forEach(left -> {
          cases.close(left.getBusinessKey(), "TEST_ENDED");
          runtime.deleteProcessInstance(left.getId(), "test ended");
        });
  }

  @Test
  void opensOneCaseForManyCopiesOfOneAlertAtOnce() throws Exception {
    byte[] alert = alert(UUID.randomUUID().toString(), "High");
    List<IntakeResult> results = atOnce(HANDS, i -> intake.take(alert).get(0));
    assertThat(results).extracting(IntakeResult::caseId).containsOnly(results.get(0).caseId());
    assertThat(results).extracting(IntakeResult::disposition).containsOnlyOnce(Disposition.OPENED);
    assertThat(results).extracting(IntakeResult::disposition).filteredOn(Disposition.DUPLICATE::equals).hasSize(HANDS - 1);
    assertThat(runtime.createProcessInstanceQuery().processDefinitionKey("receiveAlert").count()).isEqualTo(1);
  }

  @Test
  void joinsManyAlertsOfOneMachineIntoOneCaseAtOnce() throws Exception {
    List<IntakeResult> results = atOnce(HANDS, i -> intake.take(alert(UUID.randomUUID().toString(), "Low")).get(0));
    assertThat(results).extracting(IntakeResult::caseId).containsOnly(results.get(0).caseId());
    assertThat(results).extracting(IntakeResult::disposition).containsOnlyOnce(Disposition.OPENED);
  }

  @Test
  void updatesACaseWhenItsAlertBecomesSevere() {
    String id = UUID.randomUUID().toString();
    String caseId = intake.take(alert(id, "Low")).get(0).caseId();
    IntakeResult update = intake.take(alert(id, "High")).get(0);
    assertThat(update.disposition()).isEqualTo(Disposition.UPDATED);
    assertThat(update.caseId()).isEqualTo(caseId);
    assertThat(cases.find(caseId).orElseThrow().severity()).isEqualTo("High");
  }

  @Test
  void quarantinesOneBadAlertAndTakesTheRest() {
    String good = new String(alert(UUID.randomUUID().toString(), "High"), StandardCharsets.UTF_8);
    List<IntakeResult> results = intake.take(("[{\"x\":1}," + good + ",{\"SystemAlertId\":\"" + UUID.randomUUID() + "\",\"Entities\":\"[{\"}]").getBytes());
    assertThat(results).extracting(IntakeResult::disposition)
        .containsExactly(Disposition.QUARANTINED, Disposition.OPENED, Disposition.QUARANTINED);
    assertThat(results).extracting(IntakeResult::reason).containsExactly("SHAPE_UNKNOWN", null, "ENTITIES_UNREADABLE");
  }

  @Test
  void takesNothingOfABodyItCannotRead() {
    long before = count("alert");
    assertThatThrownBy(() -> intake.take("{\"SystemAlertId\":".getBytes())).isInstanceOf(UnreadableAlertException.class);
    assertThat(count("alert")).isEqualTo(before);
  }

  @Test
  void asksThePeopleWhenAnAlertNamesNoCertainMachine() {
    String caseId = intake.take(("{\"SystemAlertId\":\"" + UUID.randomUUID() + "\",\"AlertSeverity\":\"High\",\"Entities\":\"[]\"}").getBytes()).get(0).caseId();
    worker.runDue();
    assertThat(runtime.createProcessInstanceQuery().processInstanceBusinessKey(caseId).activityIdIn("userTask_resolveAsset").count()).isEqualTo(1);
    assertThat(requests.ofCase(caseId)).isEmpty();
  }

  @Test
  void grantsOnceHoweverManyClick() throws Exception {
    ApprovalRequest request = waiting();
    List<DecisionOutcome> outcomes = atOnce(HANDS, i -> decide(request, Verdict.APPROVE, approver("clin.pacs." + i % 4)));
    assertThat(outcomes).filteredOn(DecisionOutcome::accepted).extracting(DecisionOutcome::code).containsOnly("GRANTED");
    assertThat(jdbc.sql("select count(*) from approval_decision where approval_id = ? and outcome = 'GRANTED'").param(request.id()).query(Long.class).single())
        .isEqualTo(1);
    assertThat(requests.find(request.id()).orElseThrow().state()).isEqualTo(ApprovalState.GRANTED);
    assertThat(typesOf(request.caseId())).containsOnlyOnce("APPROVAL_GRANTED").contains("DECISION_REFUSED");
  }

  @Test
  void endsInOneOutcomeWhenOneApprovesAndOneRejectsAtOnce() throws Exception {
    for (int round = 0; round < 5; round++) {
      endWhatIsLeft();
      ApprovalRequest request = waiting();
      atOnce(2, i -> decide(request, i == 0 ? Verdict.APPROVE : Verdict.REJECT, approver("clin.pacs." + i)));
      assertThat(jdbc.sql("select count(*) from approval_decision where approval_id = ?").param(request.id()).query(Long.class).single()).isEqualTo(1);
    }
  }

  @Test
  void refusesARequesterAndKeepsTheAttempt() {
    ApprovalRequest request = waiting();
    Person both = new Person("tenant", "soc.and.clin", "x", Set.of("Soc.Analyst", "Clinical.Approver"), Set.of("group-pacs"));
    cases.requestedBy(request.caseId(), both, "LAUNCHED");
    assertThat(decide(request, Verdict.APPROVE, both).code()).isEqualTo("IS_A_REQUESTER");
    assertThat(typesOf(request.caseId())).contains("DECISION_REFUSED").doesNotContain("APPROVAL_GRANTED");
  }

  @Test
  void takesNothingFromSomebodyForWhomNobodyVouches() {
    ApprovalRequest request = waiting();
    outside.vouching = Standing.Source.NOBODY;
    try {
      assertThat(decide(request, Verdict.APPROVE, approver("clin.pacs")).code()).isEqualTo("DIRECTORY_AWAY");
    } finally {
      outside.vouching = Standing.Source.DIRECTORY;
    }
    assertThat(requests.find(request.id()).orElseThrow()).isEqualTo(request);
    assertThat(typesOf(request.caseId())).contains("DECISION_REFUSED");
  }

  @Test
  void sealsTheNameOfWhoeverDecided() {
    ApprovalRequest request = waiting();
    decide(request, Verdict.APPROVE, new Person("tenant", "clin.pacs", "Nurse Zyxmann", Set.of("Clinical.Approver"), Set.of("group-pacs")));
    pump.flush();
    assertThat(evidence.entriesOfCase(request.caseId()))
        .filteredOn(entry -> entry.type().name().equals("APPROVAL_GRANTED"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.json()).contains("\"person\"", "\"vouchedBy\":\"DIRECTORY\"").doesNotContain("Zyxmann"));
    assertThat(sealed.ofCase(request.caseId())).anyMatch(item -> "person".equals(item.kind()));
  }

  @Test
  void letsEitherTheSenderOrTheWithdrawalWinNeverBoth() throws Exception {
    for (int round = 0; round < 10; round++) {
      endWhatIsLeft();
      ApprovalRequest request = waiting();
      decide(request, Verdict.APPROVE, approver("clin.pacs"));
      ApprovalRequest granted = requests.find(request.id()).orElseThrow();
      String permit = permits.intend(granted, planOf(granted)).id();
      pump.flush();
      List<Object> outcomes =
          atOnce(2, i -> i == 0
              ? (Object) permits.beginSending(permit).isPresent()
              : withdrawal.withdraw(request.id(), SOC, "FALSE_ALARM").code());
      boolean sent = (Boolean) outcomes.get(0);
      assertThat(outcomes.get(1)).isEqualTo(sent ? "CANCELLING" : "WITHDRAWN");
      PermitView left = permits.find(permit).orElseThrow();
      assertThat(left.state()).isEqualTo(sent ? "SENDING" : "NOT_SENT");
      assertThat(left.settledAt() == null).as("what was never sent lets go of its machine").isEqualTo(sent);
    }
  }

  @Test
  void opensAnotherCaseWhenAnAlertOfAClosedOneBecomesSevere() {
    String id = UUID.randomUUID().toString();
    String first = intake.take(alert(id, "Low")).get(0).caseId();
    cases.close(first, "DISMISSED");
    IntakeResult again = intake.take(alert(id, "High")).get(0);
    assertThat(again.disposition()).isEqualTo(Disposition.OPENED);
    assertThat(again.caseId()).isNotEqualTo(first);
  }

  @Test
  void readsAQuarantinedAlertAgainWhenItCanBeReadNow() {
    String id = UUID.randomUUID().toString();
    jdbc.sql("insert into alert (system_alert_id, content_hash, disposition, reason, received_at) values (?, 'older', 'QUARANTINED', 'ENTITIES_UNREADABLE', ?)")
        .params(id, clock.instant().atOffset(java.time.ZoneOffset.UTC)).update();
    assertThat(intake.take(alert(id, "High")).get(0).disposition()).isEqualTo(Disposition.OPENED);
  }

  @Test
  void refusesToWithdrawWhatWasAlreadyCarriedOut() {
    ApprovalRequest request = waiting();
    decide(request, Verdict.APPROVE, approver("clin.pacs"));
    ApprovalRequest granted = requests.find(request.id()).orElseThrow();
    String permit = permits.intend(granted, planOf(granted)).id();
    permits.settle(permit, "SUCCEEDED", io.cordon.evidence.EvidenceType.ACTION_RESULT);
    assertThat(withdrawal.withdraw(request.id(), SOC, "FALSE_ALARM").code()).isEqualTo("ALREADY_CARRIED_OUT");
    assertThat(requests.find(request.id()).orElseThrow().state()).isEqualTo(ApprovalState.GRANTED);
    assertThat(typesOf(request.caseId())).contains("DECISION_REFUSED").doesNotContain("APPROVAL_WITHDRAWN");
  }

  @Test
  void namesTheRoleThatARefusedPersonReallyHolds() {
    ApprovalRequest request = waiting();
    decide(request, Verdict.APPROVE, SOC);
    pump.flush();
    assertThat(evidence.entriesOfCase(request.caseId()))
        .filteredOn(entry -> entry.type().name().equals("DECISION_REFUSED"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.json()).contains("\"role\":\"Soc.Analyst\""));
  }

  @Test
  void provesTheWindowThatWasApproved() {
    ApprovalRequest request = waiting();
    decide(request, Verdict.APPROVE, approver("clin.pacs"));
    ApprovalRequest granted = requests.find(request.id()).orElseThrow();
    pump.flush();
    assertThat(evidence.entriesOfCase(request.caseId()))
        .filteredOn(entry -> entry.type().name().equals("APPROVAL_GRANTED"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.json()).contains("\"windowTo\":\"" + granted.windowTo() + "\""));
  }

  @Test
  void bindsTheWindowOfTheFirstApproverWhenTwoMustAgree() {
    ApprovalRequest request = waitingForTwo();
    assertThat(decide(request, Verdict.APPROVE, LEAD).code()).isEqualTo("CLINICAL_ANSWERS_FIRST");
    assertThat(decide(request, Verdict.APPROVE, approver("clin.pacs")).code()).isEqualTo("WAITS_FOR_SECOND");
    ApprovalRequest bound = requests.find(request.id()).orElseThrow();
    assertThat(bound.state()).isEqualTo(ApprovalState.PENDING);
    DecisionOutcome second =
        decisions.decide(new Decision(request.id(), 1, Verdict.APPROVE, clock.instant().plus(Duration.ofDays(2)), null, null, null, "NO_PATIENT_IMPACT", null, LEAD));
    assertThat(second.code()).isEqualTo("GRANTED");
    ApprovalRequest granted = requests.find(request.id()).orElseThrow();
    assertThat(granted.windowTo()).isEqualTo(bound.windowTo());
    assertThat(granted.decisionHash()).isEqualTo(bound.decisionHash());
  }

  private ApprovalRequest waitingForTwo() {
    ApprovalRequest request = waiting();
    jdbc.sql("update approval_request set quorum = 2 where id = ?").param(request.id()).update();
    return requests.find(request.id()).orElseThrow();
  }

  @Test
  void sendsNothingBeforeTheIntentIsInASignedCheckpoint() {
    ApprovalRequest request = waiting();
    decide(request, Verdict.APPROVE, approver("clin.pacs"));
    ApprovalRequest granted = requests.find(request.id()).orElseThrow();
    String permit = permits.intend(granted, planOf(granted)).id();
    jdbc.sql("update execution_permit set intent_stage = ? where id = ?").params(UUID.randomUUID(), permit).update();
    assertThat(permits.beginSending(permit)).isEmpty();
    assertThat(permits.find(permit).orElseThrow().state()).isEqualTo("INTENDED");
  }

  @Test
  void waitsForAnIntentThatIsBeingWrittenBeforeACaseIsTakenOver() {
    ApprovalRequest request = waiting();
    decide(request, Verdict.APPROVE, approver("clin.pacs"));
    ApprovalRequest granted = requests.find(request.id()).orElseThrow();
    var transaction = new TransactionTemplate(transactions);
    CompletableFuture<Boolean> acting = transaction.execute(status -> {
      permits.intend(granted, planOf(granted));
      CompletableFuture<Boolean> asked = CompletableFuture.supplyAsync(() -> transaction.execute(other -> questions.isActing(granted.caseId())));
      assertThatThrownBy(() -> asked.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
      return asked;
    });
    assertThat(acting).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
  }

  @Test
  void sendsNothingOnceTheServiceIsExpectedBack() {
    ApprovalRequest request = waiting();
    decide(request, Verdict.APPROVE, approver("clin.pacs"));
    ApprovalRequest granted = requests.find(request.id()).orElseThrow();
    String permit = permits.intend(granted, planOf(granted)).id();
    pump.flush();
    jdbc.sql("update approval_request set back_by = ? where id = ?").params(clock.instant().atOffset(java.time.ZoneOffset.UTC), request.id()).update();
    assertThat(permits.beginSending(permit)).isEmpty();
    jdbc.sql("update approval_request set back_by = ? where id = ?").params(granted.backBy().atOffset(java.time.ZoneOffset.UTC), request.id()).update();
    assertThat(permits.beginSending(permit)).isPresent();
  }

  @Test
  void letsOneSenderThroughOnly() throws Exception {
    ApprovalRequest request = waiting();
    decide(request, Verdict.APPROVE, approver("clin.pacs"));
    ApprovalRequest granted = requests.find(request.id()).orElseThrow();
    String permit = permits.intend(granted, planOf(granted)).id();
    pump.flush();
    assertThat(atOnce(HANDS, i -> permits.beginSending(permit).isPresent())).containsOnlyOnce(true);
  }

  private Plan planOf(ApprovalRequest request) {
    return plans.find(request.planId()).orElseThrow();
  }

  private ApprovalRequest waiting() {
    String caseId = intake.take(alert(UUID.randomUUID().toString(), "High")).get(0).caseId();
    worker.runDue();
    return requests.ofCase(caseId).get(0);
  }

  private DecisionOutcome decide(ApprovalRequest request, Verdict verdict, Person person) {
    Instant now = clock.instant();
    return decisions.decide(
        new Decision(request.id(), request.requestRevision(), verdict, null, now.plus(Duration.ofHours(1)), now.plus(Duration.ofHours(4)),
            ProcedureImpact.NONE_RUNNING, "NO_PATIENT_IMPACT", null, person));
  }

  private List<String> typesOf(String caseId) {
    pump.flush();
    return evidence.entriesOfCase(caseId).stream().map(entry -> entry.type().name()).toList();
  }

  private long count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }

  /** One of many hands. */
  private interface Hand<T> {
    T does(int number) throws Exception;
  }

  private static <T> List<T> atOnce(int hands, Hand<T> hand) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(hands);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < hands; i++) {
        int number = i;
        calls.add(() -> hand.does(number));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Person approver(String oid) {
    return new Person("tenant", oid, oid, Set.of("Clinical.Approver"), Set.of("group-pacs"));
  }

  private static byte[] alert(String id, String severity) {
    return """
        {"SystemAlertId":"%s","AlertSeverity":"%s","ProviderName":"MDATP",
         "Entities":"[{\\"$id\\":\\"2\\",\\"MdatpDeviceId\\":\\"%s\\",\\"Type\\":\\"host\\"}]"}"""
        .formatted(id, severity, OutsideWorld.MACHINE)
        .getBytes(StandardCharsets.UTF_8);
  }
}
