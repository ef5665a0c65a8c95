package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.CaseBook;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.mde.MdeUnavailable;
import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidencePump;
import io.cordon.gate.ApprovalHistory;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.Decision;
import io.cordon.gate.DecisionService;
import io.cordon.gate.LastAnswer;
import io.cordon.gate.LastLook;
import io.cordon.gate.OwnQuestions;
import io.cordon.gate.Permits;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.Seen;
import io.cordon.gate.Verdict;
import io.cordon.gate.Withdrawal;
import io.cordon.gate.clearance.Clearance;
import io.cordon.gate.clearance.ClearanceCheck;
import io.cordon.gate.clearance.ClinicalClearance;
import io.cordon.gate.windows.CalendarMemory;
import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.gate.windows.OfferedWindow;
import io.cordon.platform.people.Person;
import io.cordon.playbook.worker.ExternalTaskWorker;
import io.cordon.testing.DeadEnds;
import io.cordon.testing.EngineClock;
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.PlayedWorld;
import io.cordon.testing.SettableClock;
import io.cordon.testing.TestSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What happens between an approval and its action: the shipped models, a real calendar file, a FHIR server over HTTP. */
@SpringBootTest(properties = "cordon.gate.tenant-id=tenant")
@Import(PlayedWorld.class)
@ExtendWith({EngineClock.class, DeadEnds.Watch.class})
class LastLookTest {
  private static final Person APPROVER = person("clin.pacs", "Clinical.Approver", "group-pacs");
  private static final Person LEAD = person("sec.lead", "Security.Lead", "none");
  private static final Person COLLEAGUE = person("clin.pacs2", "Clinical.Approver", "group-pacs");
  private static final Person OF_ANOTHER_SERVICE = person("clin.ehr", "Clinical.Approver", "group-ehr");
  private static final Person SOC = person("soc.one", "Soc.Analyst", "none");
  private static final DateTimeFormatter ICAL = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final MockWebServer FHIR = new MockWebServer();
  private static Path calendar;
  private static volatile int patients;
  private static volatile int status = 200;

  @Autowired RuntimeService runtime;
  @Autowired TaskService tasks;
  @Autowired ManagementService management;
  @Autowired ExternalTaskWorker worker;
  @Autowired AlertIntake intake;
  @Autowired CaseBook cases;
  @Autowired ApprovalRequests requests;
  @Autowired DecisionService decisions;
  @Autowired LastLook lastLook;
  @Autowired LastAnswer lastAnswer;
  @Autowired Withdrawal withdrawal;
  @Autowired Permits permits;
  @Autowired ClinicalClearance clearance;
  @Autowired MaintenanceWindows windows;
  @Autowired Emergencies emergencies;
  @Autowired StuckSteps stuck;
  @Autowired EvidenceLog evidence;
  @Autowired EvidencePump pump;
  @Autowired ApprovalHistory history;
  @Autowired OwnQuestions own;
  @Autowired OutsideWorld outside;
  @Autowired SettableClock clock;
  @Autowired JdbcClient jdbc;

  private String caseId;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) throws IOException {
    TestSettings.register(registry, "lastlook");
    registry.add("cordon.gate.clinical-services.PACS", () -> "group-pacs");
    calendar = Files.createTempFile("windows", ".ics");
    registry.add("cordon.windows.icalendar", calendar::toString);
    FHIR.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        String form = request.getBody().utf8();
        long total = form.contains("_lastUpdated") ? 7 : request.getTarget().contains("Encounter") ? patients : 0;
        String self = "https://fhir/x?" + form.replaceAll("=[^&]*", "=x");
        return new MockResponse.Builder()
            .code(status)
            .body("{\"resourceType\":\"Bundle\",\"total\":" + total + ",\"link\":[{\"relation\":\"self\",\"url\":\"" + self + "\"}]}")
            .build();
      }
    });
    FHIR.start();
    registry.add("cordon.clearance.fhir-url", () -> "http://localhost:" + FHIR.getPort() + "/r4");
    registry.add("cordon.clearance.runs-on", () -> "");
  }

  @AfterAll
  static void stop() throws IOException {
    FHIR.close();
    Files.deleteIfExists(calendar);
  }

  @BeforeEach
  void openACase() throws IOException {
    patients = 0;
    status = 200;
    noWindows();
    windows.lookAgain(null);
    outside.reset();
    runtime.createProcessInstanceQuery().rootProcessInstances().list().forEach(left -> {
      cases.close(left.getBusinessKey(), "TEST_ENDED");
      runtime.deleteProcessInstance(left.getId(), "test ended");
    });
    jdbc.sql("update execution_permit set settled_at = intended_at where settled_at is null").update();
    jdbc.sql("delete from asset_register").update();
    jdbc.sql("insert into asset_register (arc_id, revision, changed_at, fhir_locations) values (:id, 1, :at, 'mr-1,mr-2')")
        .param("id", OutsideWorld.ARC).param("at", clock.instant().atOffset(ZoneOffset.UTC)).update();
    caseId = intake.take(alert()).get(0).caseId();
    worker.runDue();
  }

  @Test
  void goesOnWhenItIsNoWorseThanTheApproverSaw() {
    ClearanceCheck shown = check();
    assertThat(shown.result()).isEqualTo(Clearance.CLEAR);
    approve(shown.id(), ProcedureImpact.NONE_RUNNING);
    openTheWindow();
    assertThat(outside.calls).contains("isolate");
    assertThat(lastLook.question(request().id())).isEmpty();
    assertThat(fact("APPROVAL_GRANTED", "clearanceSeen")).isEqualTo(shown.id());
    assertThat(fact("APPROVAL_GRANTED", "zone")).isEqualTo("UTC");
    assertThat(entries("CLEARANCE_CHECKED")).hasSize(2);
    assertThat(entries("CLEARANCE_CHECKED").get(1)).contains("\"beforeActing\":true").contains("\"encounter\":\"NONE\"").doesNotContain("mr-1");
  }

  @Test
  void goesOnWhenTheApproverSawThatItIsBusy() {
    patients = 2;
    approve(check().id(), ProcedureImpact.CAN_BE_MOVED);
    status = 500;
    openTheWindow();
    assertThat(outside.calls).contains("isolate");
  }

  @Test
  void asksOnceWhenItGotWorseAndBindsTheAnswer() {
    approve(check().id(), ProcedureImpact.NONE_RUNNING);
    String before = request().decisionHash();
    patients = 1;
    openTheWindow();
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(task(PlaybookTasks.GO_ON)).isOne();
    assertThat(outside.openPages).anyMatch(key -> key.endsWith("/again"));
    assertThat(requests.waiting(10)).as("the list of what waits").filteredOn(one -> one.id().equals(request().id())).singleElement()
        .satisfies(one -> assertThat(one.answerDeadline()).isEqualTo(lastLook.question(request().id()).orElseThrow().answerDeadline()));
    assertThat(requests.waitingIn(List.of(caseId))).hasSize(1);
    assertThat(own.among(requests.waitingIn(List.of(caseId)), APPROVER)).as("also of whoever said yes").containsExactly(request().id());
    assertThat(own.among(requests.waitingIn(List.of(caseId)), LEAD)).isEmpty();
    assertThat(lastAnswer.objection(request(), LEAD)).as("the clinical side answers").isPresent();

    assertThat(lastAnswer.answer(request().id(), LastAnswer.Answer.PROCEED, COLLEAGUE).code()).isEqualTo("PROCEED");
    worker.runDue();

    assertThat(outside.calls.stream().filter("isolate"::equals)).hasSize(1);
    assertThat(request().procedureImpact()).isEqualTo(ProcedureImpact.DOWNTIME_PROCEDURE_STARTED);
    assertThat(request().decisionHash()).isNotEqualTo(before);
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("SUCCEEDED");
    assertThat(entries("ACTION_INTENT").get(0)).contains(request().decisionHash());
    assertThat(entries("APPROVAL_GRANTED").get(1)).contains("\"replaces\":\"" + before + "\"").contains("\"outcome\":\"PROCEED\"");
    assertThat(lastAnswer.answer(request().id(), LastAnswer.Answer.STOP, COLLEAGUE).code()).isEqualTo("ALREADY_DECIDED");
    assertThat(requests.waitingIn(List.of(caseId))).isEmpty();
    assertThat(entries("APPROVAL_GRANTED").get(1)).as("with the sealed name of whoever answered").contains("\"name\":\"person\"");
  }

  @Test
  void asksWhenAClearFeedBreaks() {
    approve(check().id(), ProcedureImpact.NONE_RUNNING);
    status = 503;
    openTheWindow();
    assertThat(lastLook.question(request().id()).orElseThrow().reason()).isEqualTo("CLEARANCE_WORSE");
    assertThat(outside.calls).doesNotContain("isolate");
    lastAnswer.answer(request().id(), LastAnswer.Answer.PROCEED, APPROVER);
    patients = 3;
    status = 200;
    worker.runDue();
    // asked once: a feed that changes its mind does not ask for ever
    assertThat(outside.calls).contains("isolate");
  }

  @Test
  void asksNobodyAgainWhoStartedTheDowntimeProcedure() {
    approve(check().id(), ProcedureImpact.DOWNTIME_PROCEDURE_STARTED);
    patients = 1;
    openTheWindow();
    assertThat(outside.calls).contains("isolate");
  }

  @Test
  void takesTheBestThatCouldHaveBeenShownWhereNobodyCanTell() {
    // the card was posted with it: nobody counted
    assertThat(clearance.newest(request().planId()).orElseThrow().result()).isEqualTo(Clearance.CLEAR);
    patients = 1;
    check();
    approve("k-of-somebody-else", ProcedureImpact.NONE_RUNNING);
    openTheWindow();
    assertThat(task(PlaybookTasks.GO_ON)).isOne();
  }

  @Test
  void doesNothingWhenTheyStop() {
    approve(check().id(), ProcedureImpact.NONE_RUNNING);
    patients = 1;
    openTheWindow();
    assertThat(lastAnswer.answer(request().id(), LastAnswer.Answer.STOP, APPROVER).accepted()).isTrue();
    worker.runDue();
    assertNothingDone(ApprovalState.REJECTED);
  }

  @Test
  void doesNothingWhenNobodyAnswersInTime() {
    approve(check().id(), ProcedureImpact.NONE_RUNNING);
    patients = 1;
    openTheWindow();
    Instant deadline = lastLook.question(request().id()).orElseThrow().answerDeadline();
    assertThat(deadline).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
    clock.set(deadline);
    assertThat(lastAnswer.answer(request().id(), LastAnswer.Answer.PROCEED, APPROVER).code()).isEqualTo("TOO_LATE");
    fireTimer("boundaryEvent_noAnswer");
    worker.runDue();
    assertNothingDone(ApprovalState.EXPIRED);
  }

  @Test
  void givesNoMoreTimeToAnswerThanTheWindowHas() {
    approve(check().id(), ProcedureImpact.NONE_RUNNING);
    patients = 1;
    clock.set(request().windowTo().minus(Duration.ofMinutes(5)));
    openTheWindow();
    assertThat(lastLook.question(request().id()).orElseThrow().answerDeadline()).isEqualTo(request().windowTo().minus(Duration.ofMinutes(2)));
  }

  @Test
  void refusesTheWrongPeopleAndKeepsTheAttempt() {
    approve(check().id(), ProcedureImpact.NONE_RUNNING);
    assertThat(lastAnswer.answer(request().id(), LastAnswer.Answer.PROCEED, APPROVER).code()).isEqualTo("ALREADY_DECIDED");
    patients = 1;
    openTheWindow();
    assertThat(lastAnswer.answer(request().id(), LastAnswer.Answer.PROCEED, SOC).code()).isEqualTo("ROLE_MISSING");
    assertThat(lastAnswer.answer(request().id(), LastAnswer.Answer.PROCEED, OF_ANOTHER_SERVICE).code()).isEqualTo("OTHER_CLINICAL_SERVICE");
    assertThat(entries("DECISION_REFUSED")).hasSize(3);
    assertThat(task(PlaybookTasks.GO_ON)).isOne();
    assertThat(outside.calls).doesNotContain("isolate");
  }

  @Test
  void endsTheQuestionWithAWithdrawal() {
    approve(check().id(), ProcedureImpact.NONE_RUNNING);
    patients = 1;
    openTheWindow();
    assertThat(withdrawal.withdraw(request().id(), SOC, "NEEDS_MORE_FACTS").accepted()).isTrue();
    worker.runDue();
    assertNothingDone(ApprovalState.WITHDRAWN);
  }

  @Test
  void asksWhenTheChosenWindowLeftTheCalendar() throws IOException {
    approveFromTheCalendar();
    noWindows();
    openTheWindow();
    assertThat(lastLook.question(request().id()).orElseThrow().reason()).isEqualTo("WINDOW_GONE");
    lastAnswer.answer(request().id(), LastAnswer.Answer.PROCEED, APPROVER);
    worker.runDue();
    assertThat(outside.calls).contains("isolate");
  }

  @Test
  void asksWhenTheCalendarCannotBeReadBeforeActing() throws IOException {
    approveFromTheCalendar();
    Files.delete(calendar);
    openTheWindow();
    assertThat(lastLook.question(request().id()).orElseThrow().reason()).isEqualTo("CALENDAR_UNREADABLE");
    assertThat(outside.calls).doesNotContain("isolate");
  }

  @ParameterizedTest
  @EnumSource(value = ProcedureImpact.class, names = {"NONE_RUNNING", "DOWNTIME_PROCEDURE_STARTED"})
  void asksAboutAWindowNamedByHandWhenTheCalendarWasNotReadSinceTheStart(ProcedureImpact impact) throws IOException {
    approve(check().id(), impact);
    restartWithoutTheCalendar();
    openTheWindow();
    assertThat(lastLook.question(request().id()).orElseThrow().reason()).isEqualTo("CALENDAR_UNREADABLE");
    assertThat(outside.calls).doesNotContain("isolate");
    lastAnswer.answer(request().id(), LastAnswer.Answer.PROCEED, APPROVER);
    worker.runDue();
    assertThat(outside.calls).contains("isolate");
  }

  @Test
  void takesNoAnswerAboutTheClearanceForOneAboutTheCalendar() throws IOException {
    approve(check().id(), ProcedureImpact.NONE_RUNNING);
    patients = 1;
    openTheWindow();
    restartWithoutTheCalendar();
    lastAnswer.answer(request().id(), LastAnswer.Answer.PROCEED, APPROVER);
    worker.runDue();
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(task("userTask_reviewOutcome")).isOne();
  }

  @Test
  void letsAnEmergencyActInABlackoutAndWithoutTheCalendar() throws IOException {
    Instant now = clock.instant();
    write(event("Blackout", now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(9))));
    windows.lookAgain(null);
    clock.tick(Duration.ofMinutes(1));
    emergencies.declare(caseId, SOC, "RANSOMWARE_SPREADING", false);
    worker.runDue();
    outside.isolateFails = () -> new MdeUnavailable("isolate", "not reached");
    assertThat(agree(APPROVER)).isEqualTo("WAITS_FOR_SECOND");
    assertThat(agree(person("sec.lead", "Security.Lead", "none"))).isEqualTo("GRANTED");
    worker.runDue();
    outside.isolateFails = () -> null;
    clock.tick(Duration.ofMinutes(3));
    worker.runDue();
    assertThat(outside.calls.stream().filter("isolate"::equals)).hasSize(2);
    assertThat(lastLook.isStillAsSeen(request().id())).isTrue();
    restartWithoutTheCalendar();
    assertThat(lastLook.isStillAsSeen(request().id())).isTrue();
    assertThat(lastLook.look(request().id()).outcome()).isEqualTo(LastLook.Outcome.AS_SEEN);
  }

  private String agree(Person lead) {
    var yes = new Decision(request().id(), request().requestRevision(), Verdict.APPROVE, null, null, null, null, "THREAT_OUTWEIGHS_DOWNTIME", null, lead);
    return decisions.decide(yes).code();
  }

  private void restartWithoutTheCalendar() throws IOException {
    Files.delete(calendar);
    CalendarMemory.forget(windows);
  }

  @Test
  void goesOnInAWindowThatIsStillInTheCalendar() throws IOException {
    approveFromTheCalendar();
    openTheWindow();
    assertThat(outside.calls).contains("isolate");
    assertThat(entries("APPROVAL_GRANTED").get(0)).contains("\"windowFromCalendar\":true");
  }

  @Test
  void doesNothingInABlackoutThatCameAfterTheApproval() throws IOException {
    approve(check().id(), ProcedureImpact.DOWNTIME_PROCEDURE_STARTED);
    write(event("Blackout", clock.instant().plus(Duration.ofHours(1)), clock.instant().plus(Duration.ofHours(2))));
    openTheWindow();
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(entries("WINDOW_CLOSED").get(0)).contains("BLACKOUT");
    assertThat(task("userTask_reviewOutcome")).isOne();
  }

  @Test
  void refusesAWindowThatRunsIntoABlackoutThoughTheServiceIsBackBefore() throws IOException {
    write(event("Blackout", clock.instant().plus(Duration.ofHours(3)), clock.instant().plus(Duration.ofHours(4))));
    windows.lookAgain(null);
    assertThat(decisions.decide(yes(Duration.ofHours(8), Duration.ofHours(1), ProcedureImpact.NONE_RUNNING)).code()).isEqualTo("IN_A_BLACKOUT");
  }

  @Test
  void doesNothingInABlackoutThatBeginsWhenTheServiceIsBack() throws IOException {
    assertThat(decisions.decide(yes(Duration.ofHours(8), Duration.ofMinutes(5), ProcedureImpact.DOWNTIME_PROCEDURE_STARTED)).code()).isEqualTo("GRANTED");
    clock.tick(Duration.ofMinutes(2));
    write(event("Blackout", clock.instant().plus(Duration.ofMinutes(4)), clock.instant().plus(Duration.ofHours(4))));
    openTheWindow();
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(entries("WINDOW_CLOSED").get(0)).contains("BLACKOUT");
    assertThat(task("userTask_reviewOutcome")).isOne();
    assertThat(lastCard()).as("though the window is still open").contains("Approved, but not done");
  }

  @Test
  void sendsNothingAndAsksAPersonOnceTheServiceIsExpectedBack() {
    assertThat(decisions.decide(yes(Duration.ofHours(8), Duration.ofHours(1), ProcedureImpact.NONE_RUNNING)).code()).isEqualTo("GRANTED");
    worker.runDue();
    clock.set(request().backBy());
    patients = 1;
    openTheWindow();
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(lastLook.question(request().id())).as("an answer would change nothing").isEmpty();
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("NOT_SENT");
    assertThat(task("userTask_reviewOutcome")).isOne();
  }

  @Test
  void cancelsWhatIsStillPendingWhenTheServiceIsExpectedBack() {
    outside.nextStatus = MachineAction.PENDING;
    assertThat(decisions.decide(yes(Duration.ofHours(8), Duration.ofHours(1), ProcedureImpact.NONE_RUNNING)).code()).isEqualTo("GRANTED");
    worker.runDue();
    openTheWindow();
    assertThat(outside.calls).contains("isolate");
    assertThat(timer("boundaryEvent_windowCloses").getDuedate()).isEqualTo(request().backBy());
    clock.set(request().backBy());
    fireTimer("boundaryEvent_windowCloses");
    worker.runDue();
    assertThat(outside.calls).contains("cancel");
    assertThat(permits.ofCase(caseId).get(0).state()).isEqualTo("CANCELLED");
    assertThat(task("userTask_reviewOutcome")).isOne();
    assertThat(history.undone(request())).isEqualTo(ApprovalHistory.Undone.YES);
    assertThat(lastCard()).contains("Approved, but not done");
  }

  private String lastCard() {
    return outside.cards.get(outside.cards.size() - 1).toString();
  }

  private Decision yes(Duration window, Duration away, ProcedureImpact impact) {
    Instant now = clock.instant();
    return new Decision(
        request().id(), 1, Verdict.APPROVE, null, now.plus(window), now.plus(away), impact, "NO_PATIENT_IMPACT", null, APPROVER,
        new Seen(null, check().id()));
  }

  @Test
  void looksAgainWhenTheIntentCouldNotBeWrittenAtOnce() throws IOException {
    approve(check().id(), ProcedureImpact.NONE_RUNNING);
    jdbc.sql(
            """
            insert into execution_permit (id, case_id, approval_id, target_ordinal, action, attempt, mde_device_id, decision_hash, token, state, not_after,
                intent_stage, intended_at)
            select :id, case_id, id, 99, 'ISOLATE', 1, :machine, decision_hash, :id, 'SENDING', window_to, gen_random_uuid(), window_from
              from approval_request where id = :approval""")
        .param("id", "x-other-" + caseId).param("machine", OutsideWorld.MACHINE).param("approval", request().id()).update();
    openTheWindow();
    assertThat(stuck.anyIn(caseId)).isTrue();

    jdbc.sql("update execution_permit set settled_at = intended_at where settled_at is null").update();
    clock.tick(Duration.ofMinutes(3));
    write(event("Blackout", clock.instant(), clock.instant().plus(Duration.ofHours(2))));
    stuck.tryAgain(caseId);
    worker.runDue();
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(entries("WINDOW_CLOSED").get(0)).contains("BLACKOUT");
    assertThat(task("userTask_reviewOutcome")).isOne();
  }

  private void approveFromTheCalendar() throws IOException {
    Instant now = clock.instant();
    write(event("Maintenance,PACS", now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(2))));
    windows.lookAgain(null);
    OfferedWindow offer = windows.view("PACS").offers().get(0);
    decide(offer.span().to(), ProcedureImpact.NONE_RUNNING, new Seen(offer.key(), check().id()));
  }

  private void assertNothingDone(ApprovalState state) {
    assertThat(outside.calls).doesNotContain("isolate");
    assertThat(permits.ofCase(caseId)).isEmpty();
    assertThat(request().state()).isEqualTo(state);
    assertThat(task(PlaybookTasks.GO_ON)).isZero();
    if (state != ApprovalState.EXPIRED) {
      tasks.complete(tasks.createTaskQuery().processInstanceBusinessKey(caseId).taskDefinitionKey("userTask_reviewOutcome").singleResult().getId());
      worker.runDue();
    }
    assertThat(task("userTask_decideNext")).isOne();
    assertThat(outside.openPages).isEmpty();
  }

  private ClearanceCheck check() {
    return clearance.check(request().planId());
  }

  private void approve(String shown, ProcedureImpact impact) {
    decide(clock.instant().plus(Duration.ofHours(1)), impact, new Seen(null, shown));
  }

  private void decide(Instant to, ProcedureImpact impact, Seen seen) {
    var decision =
        new Decision(request().id(), 1, Verdict.APPROVE, null, to, clock.instant().plus(Duration.ofHours(4)), impact, "NO_PATIENT_IMPACT", null, APPROVER, seen);
    assertThat(decisions.decide(decision).code()).isEqualTo("GRANTED");
    worker.runDue();
  }

  private void openTheWindow() {
    fireTimer("catchEvent_windowOpens");
    worker.runDue();
  }

  private void fireTimer(String activity) {
    management.executeJob(timer(activity).getId());
  }

  private Job timer(String activity) {
    List<Job> due =
        management.createJobQuery().activityId(activity).list().stream()
            .filter(job -> caseId.equals(runtime.createProcessInstanceQuery().processInstanceId(job.getProcessInstanceId()).singleResult().getBusinessKey()))
            .toList();
    assertThat(due).as("timers at " + activity).hasSize(1);
    return due.get(0);
  }

  private long task(String key) {
    return tasks.createTaskQuery().processInstanceBusinessKey(caseId).taskDefinitionKey(key).count();
  }

  private ApprovalRequest request() {
    List<ApprovalRequest> all = requests.ofCase(caseId);
    return all.get(all.size() - 1);
  }

  private List<String> entries(String type) {
    pump.flush();
    return evidence.entriesOfCase(caseId).stream()
        .filter(entry -> entry.type().name().equals(type))
        .map(EvidenceEntry::json)
        .toList();
  }

  private String fact(String type, String name) {
    return entries(type).get(0).replaceAll(".*\"" + name + "\":\"([^\"]*)\".*", "$1");
  }

  private static void noWindows() throws IOException {
    write("");
  }

  private static void write(String events) throws IOException {
    Files.writeString(calendar, ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//hospital//EN\n" + events + "END:VCALENDAR\n").replace("\n", "\r\n"));
  }

  private static String event(String categories, Instant from, Instant to) {
    return "BEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\nDTSTART:" + ICAL.format(from) + "\nDTEND:" + ICAL.format(to) + "\nCATEGORIES:" + categories + "\nEND:VEVENT\n";
  }

  private static byte[] alert() {
    return """
        {"SystemAlertId":"%s","AlertSeverity":"High","ProviderName":"MDATP","AlertName":"x",
         "Entities":"[{\\"$id\\":\\"2\\",\\"HostName\\":\\"pacs-gw-01\\",\\"MdatpDeviceId\\":\\"%s\\",\\"Type\\":\\"host\\"}]"}"""
        .formatted(UUID.randomUUID(), OutsideWorld.MACHINE)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Person person(String oid, String role, String group) {
    return new Person("tenant", oid, oid, Set.of(role), Set.of(group));
  }
}
