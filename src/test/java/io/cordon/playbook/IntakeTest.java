package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.alerts.IntakeResult;
import io.cordon.alerts.IntakeResult.Disposition;
import io.cordon.alerts.UnreadableAlertException;
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
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.SettableClock;
import io.cordon.testing.TestSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Where alerts go and what later ones change: the real intake, engine and database; only the outside world is played. */
@SpringBootTest(properties = "cordon.gate.tenant-id=tenant")
@Import(PlaybookTest.Played.class)
class IntakeTest {
  private static final Person APPROVER = new Person("tenant", "clin.pacs", "", Set.of("Clinical.Approver"), Set.of("group-pacs"));

  @Autowired AlertIntake intake;
  @Autowired CaseBook cases;
  @Autowired ApprovalRequests requests;
  @Autowired DecisionService decisions;
  @Autowired EvidenceLog evidence;
  @Autowired EvidencePump pump;
  @Autowired ExternalTaskWorker worker;
  @Autowired RuntimeService runtime;
  @Autowired TaskService tasks;
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

  @AfterAll
  static void giveTheClockBack() {
    ClockUtil.reset();
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
  void changesNothingThatIsGranted() {
    String caseId = asked();
    decide(request(caseId), Verdict.APPROVE);
    take(row(UUID.randomUUID().toString(), "High", "Impact"));
    settle();
    assertThat(states(caseId)).containsExactly(ApprovalState.GRANTED);
  }

  @Test
  void opensAnotherCaseOnceNobodyWillActInTheFirst() {
    String caseId = asked();
    decide(request(caseId), Verdict.REJECT);
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
    decide(request(caseId), Verdict.APPROVE);
    settle();
    runtime.createProcessInstanceQuery().processInstanceBusinessKey(caseId).processDefinitionKey("containLinuxHost").list();
    var opens = tasks(caseId);
    openWindow(caseId);
    assertThat(outside.calls).contains("isolate");
    take(graph("high", "resolved", "falsePositive"));
    settle();
    assertThat(states(caseId)).containsExactly(ApprovalState.GRANTED);
    assertThat(outside.calls).doesNotContain("unisolate", "cancel");
    assertThat(opens).isEmpty();
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
  void quarantinesWhatItCannotReadAndTakesTheRest() {
    List<IntakeResult> results = intake.take(("[{\"nothing\":\"known\"}," + row(id, "High", "") + ",{\"SystemAlertId\":\""
        + UUID.randomUUID() + "\",\"Entities\":\"[{\"}]").getBytes(StandardCharsets.UTF_8));
    assertThat(results).extracting(IntakeResult::disposition)
        .containsExactly(Disposition.QUARANTINED, Disposition.OPENED, Disposition.QUARANTINED);
    assertThat(results).extracting(IntakeResult::reason).containsExactly("SHAPE_UNKNOWN", null, "ENTITIES_UNREADABLE");
  }

  /** Every published record there is; what it is not made for is quarantined, nothing fails. */
  @Test
  void givesEveryRealRecordADisposition() throws IOException {
    Path folder = Path.of("../shared/data/alerts");
    assumeTrue(Files.isDirectory(folder), "real records are not here");
    Map<String, Map<Disposition, Integer>> counts = new TreeMap<>();
    ObjectMapper json = new ObjectMapper();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        JsonNode content = json.readTree(file.toFile());
        for (JsonNode record : content.isArray() ? content : json.createArrayNode().add(content)) {
          JsonNode body = record.has("body") ? record.get("body") : record;
          try {
            intake.take(json.writeValueAsBytes(body)).forEach(result ->
                counts.computeIfAbsent(file.getFileName().toString(), name -> new TreeMap<>()).merge(result.disposition(), 1, Integer::sum));
          } catch (UnreadableAlertException e) {
            assertThat(body.isObject()).as(file + " holds something that is no alert").isFalse();
          }
        }
      }
    }
    counts.forEach((file, dispositions) -> System.out.println("real records: " + file + " " + dispositions));
    assertThat(counts.get("securityalert_rows.json").keySet()).doesNotContain(Disposition.QUARANTINED);
    assertThat(counts.get("graph_alerts_v2.json").keySet()).doesNotContain(Disposition.QUARANTINED);
    assertThat(counts.get("loganalytics_query_response.json").keySet()).doesNotContain(Disposition.QUARANTINED);
  }

  /** Opens a case and lets Clinical Ops be asked. */
  private String asked() {
    String caseId = take(row(id, "High", "Execution")).caseId();
    settle();
    assertThat(states(caseId)).containsExactly(ApprovalState.PENDING);
    return caseId;
  }

  private void contain(String caseId) {
    tasks.complete(task(caseId, "userTask_triage").getId(), Map.of("triageDecision", "CONTAIN"));
    settle();
  }

  @Autowired org.camunda.bpm.engine.ManagementService management;

  private void openWindow(String caseId) {
    management.createJobQuery().activityId("catchEvent_windowOpens").list().forEach(job -> management.executeJob(job.getId()));
    settle();
  }

  private List<Task> tasks(String caseId) {
    return tasks.createTaskQuery().processInstanceBusinessKey(caseId).list();
  }

  private Task task(String caseId, String key) {
    return tasks.createTaskQuery().processInstanceBusinessKey(caseId).taskDefinitionKey(key).singleResult();
  }

  private IntakeResult take(String body) {
    return intake.take(body.getBytes(StandardCharsets.UTF_8)).get(0);
  }

  private void settle() {
    clock.tick(Duration.ofMillis(1)); // requests made one after the other are told apart by their time
    worker.runDue();
  }

  private List<ApprovalState> states(String caseId) {
    return requests.ofCase(caseId).stream().map(ApprovalRequest::state).toList();
  }

  private ApprovalRequest request(String caseId) {
    List<ApprovalRequest> all = requests.ofCase(caseId);
    return all.get(all.size() - 1);
  }

  private String decide(ApprovalRequest request, Verdict verdict) {
    return decisions.decide(
        new Decision(request.id(), request.requestRevision(), verdict, null, clock.instant().plus(Duration.ofHours(1)),
            clock.instant().plus(Duration.ofHours(4)), ProcedureImpact.NONE_RUNNING, "NO_PATIENT_IMPACT", null, APPROVER)).code();
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
