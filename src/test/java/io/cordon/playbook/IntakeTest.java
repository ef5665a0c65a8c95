package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.alerts.IntakeResult.Disposition;
import io.cordon.alerts.IntakeResult;
import io.cordon.alerts.Quarantine;
import io.cordon.alerts.QuarantinedAlert;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidencePump;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.Decision;
import io.cordon.gate.DecisionService;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.Verdict;
import io.cordon.platform.people.Person;
import io.cordon.playbook.worker.ExternalTaskWorker;
import io.cordon.testing.DeadEnds;
import io.cordon.testing.EngineClock;
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.PlayedWorld;
import io.cordon.testing.SettableClock;
import io.cordon.testing.TestSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Where alerts go and what later ones change: the real intake, engine and database; only the outside world is played. */
@SpringBootTest(properties = "cordon.gate.tenant-id=tenant")
@Import(PlayedWorld.class)
@ExtendWith({EngineClock.class, DeadEnds.Watch.class})
class IntakeTest {
  private static final Person EXECUTIVE = new Person("tenant", "clin.exec", "", Set.of("Clinical.Executive"), Set.of());
  private static final Person APPROVER = new Person("tenant", "clin.pacs", "", Set.of("Clinical.Approver"), Set.of("group-pacs"));

  @Autowired AlertIntake intake;
  @Autowired CaseBook cases;
  @Autowired Quarantine quarantine;
  @Autowired ApprovalRequests requests;
  @Autowired DecisionService decisions;
  @Autowired EvidenceLog evidence;
  @Autowired EvidencePump pump;
  @Autowired ExternalTaskWorker worker;
  @Autowired RuntimeService runtime;
  @Autowired TaskService tasks;
  @Autowired ManagementService management;
  @Autowired OutsideWorld outside;
  @Autowired SettableClock clock;
  @Autowired JdbcClient jdbc;

  private final String id = UUID.randomUUID().toString();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    TestSettings.register(registry, "intake");
    registry.add("cordon.gate.clinical-services.PACS", () -> "group-pacs");
  }

  @BeforeEach
  void beginWithoutCases() {
    jdbc.sql("update execution_permit set settled_at = intended_at where settled_at is null").update();
    runtime.createProcessInstanceQuery().rootProcessInstances().list().forEach(left -> {
      cases.close(left.getBusinessKey(), "TEST_ENDED");
      runtime.deleteProcessInstance(left.getId(), "test ended");
    });
    outside.reset();
  }

  @Test
  void opensOneCaseAndTakesTheSameContentAgainAsADuplicate() {
    IntakeResult first = take(row(id, "High", "Execution"));
    IntakeResult again = take(row(id, "High", "Execution"));
    assertThat(first.disposition()).isEqualTo(Disposition.OPENED);
    assertThat(again.disposition()).isEqualTo(Disposition.DUPLICATE);
    assertThat(again.caseId()).isEqualTo(first.caseId());
  }

  @Test
  void joinsAnotherAlertAboutTheMachineWithoutAskingAgain() {
    String caseId = asked();
    IntakeResult second = take(row(UUID.randomUUID().toString(), "High", "Execution"));
    settle();
    assertThat(second.disposition()).isEqualTo(Disposition.JOINED);
    assertThat(second.caseId()).isEqualTo(caseId);
    assertThat(states(caseId)).containsExactly(ApprovalState.PENDING);
    assertThat(outside.calls).containsExactlyInAnyOrder("card", "page");
  }

  @Test
  void asksAnewWhenATacticIsNewAndTakesNoAnswerToTheOlderQuestion() {
    String caseId = asked();
    ApprovalRequest older = request(caseId);
    take(row(UUID.randomUUID().toString(), "High", "LateralMovement"));
    settle();
    assertThat(states(caseId)).containsExactly(ApprovalState.VOIDED, ApprovalState.PENDING);
    assertThat(decide(older, Verdict.APPROVE)).isEqualTo("ALREADY_DECIDED");
    assertThat(outside.calls.stream().filter("page"::equals)).hasSize(2);
    assertThat(outside.openPages).as("the older page is resolved").hasSize(1);
    assertThat(outside.calls).as("the older card is updated").contains("card updated");
    assertThat(types(caseId)).contains("APPROVAL_VOIDED");
    assertThat(decide(request(caseId), Verdict.APPROVE)).isEqualTo("GRANTED");
  }

  @Test
  void takesAGraverAlertAndAnAnswerAtTheSameInstant() throws Exception {
    ExecutorService hands = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 20; round++) {
        beginWithoutCases();
        String caseId = take(of(OutsideWorld.MACHINE, "Medium")).caseId();
        settle();
        contain(caseId);
        ApprovalRequest asked = request(caseId);
        Future<String> answer = hands.submit(() -> decide(asked, Verdict.APPROVE));
        Future<IntakeResult> graver = hands.submit(() -> take(of(OutsideWorld.MACHINE, "High")));
        assertThat(graver.get(30, TimeUnit.SECONDS).disposition()).isEqualTo(Disposition.JOINED);
        boolean granted = "GRANTED".equals(answer.get(30, TimeUnit.SECONDS));
        assertThat(states(caseId)).isEqualTo(granted ? List.of(ApprovalState.GRANTED) : List.of(ApprovalState.VOIDED, ApprovalState.PENDING));
      }
    } finally {
      hands.shutdownNow();
    }
  }

  @Test
  void asksAnewWhenNewsAboutTheAlertRaisesTheSeverityDuringAHold() {
    String caseId = take(graph("low", "new", "unknown")).caseId();
    settle();
    contain(caseId);
    assertThat(decide(request(caseId), Verdict.HOLD)).isEqualTo("HELD");
    settle();
    assertThat(take(graph("high", "new", "unknown")).disposition()).isEqualTo(Disposition.UPDATED);
    settle();
    assertThat(states(caseId)).containsExactly(ApprovalState.VOIDED, ApprovalState.PENDING);
    assertThat(cases.find(caseId).orElseThrow().severity()).isEqualTo("High");
  }

  @Test
  void choosesTheRouteAnewWhenAGraverAlertJoinsDuringTriage() {
    String caseId = take(row(id, "Low", "Execution")).caseId();
    settle();
    assertThat(task(caseId, "userTask_triage")).isNotNull();
    take(row(UUID.randomUUID().toString(), "High", "Execution"));
    settle();
    assertThat(task(caseId, "userTask_triage")).isNull();
    assertThat(states(caseId)).containsExactly(ApprovalState.PENDING);
  }

  @Test
  void choosesTheRouteByTheSeverityOfThatMomentNotByWhatTheLookUpFound() {
    String caseId = take(of(OutsideWorld.MACHINE, "Low")).caseId();
    settle();
    jdbc.sql("update incident_case set severity = 'High' where id = ?").param(caseId).update();
    String process = task(caseId, "userTask_triage").getProcessInstanceId();
    runtime.createProcessInstanceModification(process).cancelAllForActivity("userTask_triage").startBeforeActivity("serviceTask_decidePolicy").execute();
    assertThat(states(caseId)).containsExactly(ApprovalState.PENDING);
  }

  @Test
  void joinsAndChangesNothingThatIsGrantedAndWaitsForItsWindow() {
    String caseId = asked();
    decide(request(caseId), Verdict.APPROVE);
    settle();
    assertJoinsSilently(caseId);
    openWindow(caseId);
    assertThat(outside.calls).as("the approved plan goes on").contains("isolate");
  }

  @Test
  void joinsAndChangesNothingWhileTheMachineIsIsolated() {
    String caseId = isolated();
    assertJoinsSilently(caseId);
    assertThat(outside.calls).doesNotContain("unisolate", "cancel");
  }

  @Test
  void joinsACaseWhoseMachineThePeopleStillLookFor() {
    String caseId = take(of("b".repeat(40), "Low")).caseId();
    settle();
    assertThat(task(caseId, "userTask_resolveAsset")).isNotNull();
    assertThat(take(of("b".repeat(40), "High")).caseId()).isEqualTo(caseId);
    tasks.complete(task(caseId, "userTask_resolveAsset").getId(), Map.of("assetChoice", OutsideWorld.MACHINE));
    settle();
    assertThat(states(caseId)).as("the route is chosen by the graver severity").containsExactly(ApprovalState.PENDING);
    assertThat(take(of("b".repeat(40), "High")).disposition()).as("the other machine is another case").isEqualTo(Disposition.OPENED);
    assertThat(take(of(OutsideWorld.MACHINE, "High")).caseId()).isEqualTo(caseId);
  }

  @Test
  void opensAnotherCaseWhileTheFirstOnlyWaitsForAReview() {
    String caseId = asked();
    outside.healthStatus = "Inactive";
    decide(request(caseId), Verdict.APPROVE);
    settle();
    openWindow(caseId);
    assertThat(task(caseId, "userTask_reviewOutcome")).isNotNull();
    IntakeResult next = take(of(OutsideWorld.MACHINE, "High"));
    assertThat(next.disposition()).isEqualTo(Disposition.OPENED);
    settle();
    assertThat(states(next.caseId())).containsExactly(ApprovalState.PENDING);
    assertThat(cases.find(next.caseId()).orElseThrow().state()).as("not merged into the one that is over").isEqualTo("OPEN");
  }

  @Test
  void opensAnotherCaseRightAfterTheRefusal() {
    String caseId = asked();
    rejectByAll(caseId);
    assertThat(take(of(OutsideWorld.MACHINE, "High")).disposition()).as("before cards and pages are settled").isEqualTo(Disposition.OPENED);
  }

  private void assertJoinsSilently(String caseId) {
    int calls = outside.calls.size();
    IntakeResult graver = take(row(UUID.randomUUID().toString(), "High", "Impact"));
    settle();
    assertThat(graver.disposition()).isEqualTo(Disposition.JOINED);
    assertThat(graver.caseId()).isEqualTo(caseId);
    assertThat(states(caseId)).containsExactly(ApprovalState.GRANTED);
    assertThat(outside.calls).hasSize(calls);
    assertThat(types(caseId)).contains("CASE_JOINED");
  }

  @Test
  void opensAnotherCaseOnceNobodyWillActInTheFirst() {
    String caseId = asked();
    rejectByAll(caseId);
    settle();
    assertThat(task(caseId, "userTask_decideNext")).isNotNull();
    IntakeResult next = take(row(UUID.randomUUID().toString(), "High", "Execution"));
    assertThat(next.disposition()).isEqualTo(Disposition.OPENED);
    assertThat(next.caseId()).isNotEqualTo(caseId);
    settle();
    assertThat(states(next.caseId())).containsExactly(ApprovalState.PENDING);
  }

  @Test
  void opensACaseForNewsAboutADealtWithAlertOnlyWhenItIsWorse() {
    String caseId = take(graph("low", "new", "unknown")).caseId();
    settle();
    cases.close(caseId, "HANDLED");
    IntakeResult same = take(graph("low", "resolved", "truePositive"));
    assertThat(same.disposition()).isEqualTo(Disposition.UPDATED);
    assertThat(same.caseId()).isEqualTo(caseId);
    IntakeResult worse = take(graph("high", "inProgress", "truePositive"));
    assertThat(worse.disposition()).isEqualTo(Disposition.OPENED);
    assertThat(worse.caseId()).isNotEqualTo(caseId);
  }

  @Test
  void withdrawsWhatWasAskedWhenTheOnlyAlertWasFalse() {
    String caseId = take(graph("high", "new", "unknown")).caseId();
    settle();
    assertThat(states(caseId)).containsExactly(ApprovalState.PENDING);
    assertThat(take(graph("high", "resolved", "falsePositive")).disposition()).isEqualTo(Disposition.UPDATED);
    settle();
    assertThat(states(caseId)).containsExactly(ApprovalState.WITHDRAWN);
    assertThat(outside.openPages).isEmpty();
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
  }

  @Test
  void withdrawsThoughACopyThroughAnotherOutletDoesNotSayFalse() {
    String caseId = take(row(id, "High", "Execution")).caseId();
    settle();
    take(graph("high", "resolved", "falsePositive"));
    settle();
    assertThat(states(caseId)).containsExactly(ApprovalState.WITHDRAWN);
    assertThat(take(row(id, "High", "Execution").replace("MDATP", "mdatp")).caseId()).as("a late copy opens nothing").isEqualTo(caseId);
  }

  @Test
  void goesOnWhenOnlyOneOfTwoAlertsWasFalse() {
    String caseId = take(graph("high", "new", "unknown")).caseId();
    take(row(UUID.randomUUID().toString(), "High", ""));
    settle();
    take(graph("high", "resolved", "falsePositive"));
    settle();
    assertThat(states(caseId)).containsExactly(ApprovalState.PENDING);
  }

  @Test
  void releasesNothingWhenTheAlertTurnsOutFalseAfterTheIsolation() {
    String caseId = take(graph("high", "new", "unknown")).caseId();
    settle();
    isolate(caseId);
    take(graph("high", "resolved", "falsePositive"));
    settle();
    assertThat(states(caseId)).containsExactly(ApprovalState.GRANTED);
    assertThat(outside.calls).doesNotContain("unisolate", "cancel");
  }

  @Test
  void closesAtOnceWhatWasFalseBeforeItCame() {
    IntakeResult result = take(graph("high", "resolved", "falsePositive"));
    assertThat(result.disposition()).isEqualTo(Disposition.OPENED);
    assertThat(cases.find(result.caseId()).orElseThrow().outcome()).isEqualTo("FALSE_POSITIVE");
    assertThat(runtime.createProcessInstanceQuery().processInstanceBusinessKey(result.caseId()).count()).isZero();
  }

  @Test
  void knowsACopyThatCameThroughAnotherOutletByTheVendorsId() {
    String caseId = take(row(id, "High", "Execution")).caseId();
    String copy = "{\"id\":\"da" + vendor() + "\",\"severity\":\"high\",\"category\":\"Impact\",\"serviceSource\":\"microsoftDefenderForEndpoint\"}";
    settle();
    IntakeResult result = take(copy);
    settle();
    assertThat(result.disposition()).isEqualTo(Disposition.JOINED);
    assertThat(result.caseId()).isEqualTo(caseId);
    assertThat(states(caseId)).as("another name of the tactic is no new tactic").containsExactly(ApprovalState.PENDING);
  }

  @Test
  void mergesTwoCasesThatTurnOutToBeOneMachine() {
    String first = take(row(id, "High", "Execution")).caseId();
    String second = take(byArc(UUID.randomUUID().toString(), "High")).caseId();
    assertThat(second).isNotEqualTo(first);
    settle();
    CaseView merged = Stream.of(first, second).map(one -> cases.find(one).orElseThrow()).filter(one -> "MERGED".equals(one.state())).findFirst().orElseThrow();
    String kept = merged.mergedInto();
    assertThat(cases.find(kept).orElseThrow().state()).isEqualTo("OPEN");
    assertThat(runtime.createProcessInstanceQuery().processInstanceBusinessKey(merged.id()).count()).isZero();
    assertThat(states(kept)).containsExactly(ApprovalState.PENDING);
    assertThat(outside.calls).as("one card, one page").containsExactlyInAnyOrder("card", "page");
    assertThat(types(merged.id())).contains("CASE_MERGED");
    assertThat(types(kept)).contains("CASE_MERGED");
    assertThat(jdbc.sql("select count(*) from alert where case_id = ?").param(kept).query(Long.class).single()).isEqualTo(2);
    assertThat(take(byArc(UUID.randomUUID().toString(), "High")).caseId()).as("both names now lead to it").isEqualTo(kept);
  }

  @Test
  void endsInOneCaseWhateverOutletEachCopyCameThrough() {
    String first = take(byArc(UUID.randomUUID().toString(), "High")).caseId();
    String second = take(graph("high", "new", "unknown")).caseId();
    settle();
    take(row(id, "High", "Execution"));
    take(resourceOfGraph());
    settle();
    List<CaseView> both = Stream.of(first, second).map(one -> cases.find(one).orElseThrow()).toList();
    assertThat(both).extracting(CaseView::state).containsExactlyInAnyOrder("OPEN", "MERGED");
    String kept = both.stream().filter(one -> "OPEN".equals(one.state())).findFirst().orElseThrow().id();
    assertThat(jdbc.sql("select count(*) from alert where case_id = ?").param(kept).query(Long.class).single()).isEqualTo(4);
  }

  @Test
  void quarantinesWhatItCannotReadAndTakesTheRest() {
    List<IntakeResult> results = intake.take(("[7,{\"nothing\":\"known\"}," + row(id, "High", "") + ",{\"SystemAlertId\":\""
        + UUID.randomUUID() + "\",\"Entities\":\"[{\"}]").getBytes(StandardCharsets.UTF_8));
    assertThat(results).extracting(IntakeResult::disposition)
        .containsExactly(Disposition.QUARANTINED, Disposition.QUARANTINED, Disposition.OPENED, Disposition.QUARANTINED);
    assertThat(results).extracting(IntakeResult::reason).containsExactly("SHAPE_UNKNOWN", "SHAPE_UNKNOWN", null, "ENTITIES_UNREADABLE");
  }

  @Test
  void listsWhatItSetAsideOnceAndTheNewestFirst() {
    String unreadable = "{\"SystemAlertId\":\"" + id + "\",\"Entities\":\"[{\"}";
    String shapeless = "{\"patient\":\"" + id + "\"}";
    take(unreadable);
    take(shapeless);
    assertThat(take(unreadable).disposition()).as("sent again").isEqualTo(Disposition.QUARANTINED);
    List<QuarantinedAlert> newest = quarantine.list(null, 2);
    assertThat(newest).extracting(QuarantinedAlert::systemAlertId).containsExactly(null, id);
    assertThat(newest).extracting(QuarantinedAlert::reason).containsExactly("SHAPE_UNKNOWN", "ENTITIES_UNREADABLE");
    assertThat(newest.toString()).doesNotContain("patient");
    assertThat(quarantine.list(newest.get(0).id(), 1)).containsExactly(newest.get(1));
  }

  /** Opens a case and lets Clinical Ops be asked. */
  private String asked() {
    String caseId = take(row(id, "High", "Execution")).caseId();
    settle();
    assertThat(states(caseId)).containsExactly(ApprovalState.PENDING);
    return caseId;
  }

  private String isolated() {
    String caseId = asked();
    isolate(caseId);
    return caseId;
  }

  private void isolate(String caseId) {
    decide(request(caseId), Verdict.APPROVE);
    settle();
    openWindow(caseId);
    assertThat(outside.calls).contains("isolate");
  }

  private void contain(String caseId) {
    tasks.complete(task(caseId, "userTask_triage").getId(), Map.of("triageDecision", "CONTAIN"));
    settle();
  }

  private void openWindow(String caseId) {
    clock.set(request(caseId).windowFrom());
    management.createJobQuery().activityId("catchEvent_windowOpens").list().forEach(job -> management.executeJob(job.getId()));
    settle();
  }

  private Task task(String caseId, String key) {
    return tasks.createTaskQuery().processInstanceBusinessKey(caseId).taskDefinitionKey(key).singleResult();
  }

  private IntakeResult take(String body) {
    clock.tick(Duration.ofMillis(1)); // requests asked one after the other are told apart by their time
    return intake.take(body.getBytes(StandardCharsets.UTF_8)).get(0);
  }

  private void settle() {
    worker.runDue();
  }

  private List<ApprovalState> states(String caseId) {
    return requests.ofCase(caseId).stream().map(ApprovalRequest::state).toList();
  }

  private ApprovalRequest request(String caseId) {
    List<ApprovalRequest> all = requests.ofCase(caseId);
    return all.get(all.size() - 1);
  }

  /** Clinical Ops and then the executive. */
  private void rejectByAll(String caseId) {
    decide(request(caseId), Verdict.REJECT);
    settle();
    assertThat(decide(request(caseId), Verdict.REJECT, EXECUTIVE)).isEqualTo("REJECTED");
  }

  private String decide(ApprovalRequest request, Verdict verdict) {
    return decide(request, verdict, APPROVER);
  }

  private String decide(ApprovalRequest request, Verdict verdict, Person person) {
    return decisions.decide(
        new Decision(request.id(), request.requestRevision(), verdict, null, clock.instant().plus(Duration.ofHours(1)),
            clock.instant().plus(Duration.ofHours(4)), ProcedureImpact.NONE_RUNNING, "NO_PATIENT_IMPACT", null, person)).code();
  }

  private List<String> types(String caseId) {
    pump.flush();
    return evidence.entriesOfCase(caseId).stream().map(entry -> entry.type().name()).toList();
  }

  private String vendor() {
    return id + "_1";
  }

  private String row(String alertId, String severity, String tactics) {
    return """
        {"SystemAlertId":"%s","AlertSeverity":"%s","Tactics":"%s","ProviderName":"MDATP","VendorOriginalId":"%s",
         "Entities":"[{\\"$id\\":\\"2\\",\\"MdatpDeviceId\\":\\"%s\\",\\"Type\\":\\"host\\"}]"}"""
        .formatted(alertId, severity, tactics, alertId + "_1", OutsideWorld.MACHINE);
  }

  private static String of(String mdeDeviceId, String severity) {
    return """
        {"SystemAlertId":"%s","AlertSeverity":"%s","ProviderName":"MDATP","Entities":[{"MdatpDeviceId":"%s","Type":"host"}]}"""
        .formatted(UUID.randomUUID(), severity, mdeDeviceId);
  }

  private static String resourceOfGraph() {
    return """
        {"id":"%s","severity":"high","serviceSource":"microsoftDefenderForCloud",
         "evidence":[{"@odata.type":"#microsoft.graph.security.azureResourceEvidence","resourceId":"%s"}]}"""
        .formatted(UUID.randomUUID(), OutsideWorld.ARC);
  }

  private static String byArc(String alertId, String severity) {
    return """
        {"SystemAlertId":"%s","AlertSeverity":"%s","ProviderName":"Azure Security Center","ResourceId":"%s","Entities":""}"""
        .formatted(alertId, severity, OutsideWorld.ARC.toUpperCase());
  }

  private String graph(String severity, String status, String classification) {
    return """
        {"id":"da%s","severity":"%s","status":"%s","classification":"%s","serviceSource":"microsoftDefenderForEndpoint",
         "evidence":[{"@odata.type":"#microsoft.graph.security.deviceEvidence","mdeDeviceId":"%s"}]}"""
        .formatted(vendor(), severity, status, classification, OutsideWorld.MACHINE);
  }
}
