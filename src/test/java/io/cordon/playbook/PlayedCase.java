package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.CaseBook;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.Decision;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.DecisionService;
import io.cordon.gate.Permits;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.Verdict;
import io.cordon.gate.Withdrawal;
import io.cordon.platform.people.Person;
import io.cordon.playbook.worker.ExternalTaskWorker;
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.RegisteredMachine;
import io.cordon.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One case at a time, from an alert about a PACS machine on, and the hands that move it: people, timers, the worker. */
abstract class PlayedCase extends PlayedEngine {
  static final Person PACS_APPROVER = person("clin.pacs", "Clinical.Approver", "group-pacs");
  static final Person EXECUTIVE = person("clin.exec", "Clinical.Executive", "none");
  static final Person SECURITY_LEAD = person("sec.lead", "Security.Lead", "none");
  static final Person SOC = person("soc.one", "Soc.Analyst", "none");

  @Autowired ProcessEngine engine;
  @Autowired RuntimeService runtime;
  @Autowired TaskService tasks;
  @Autowired ManagementService management;
  @Autowired ExternalTaskWorker worker;
  @Autowired PlaybookTasks playbookTasks;
  @Autowired AlertIntake intake;
  @Autowired CaseBook cases;
  @Autowired ApprovalRequests requests;
  @Autowired DecisionService decisions;
  @Autowired Withdrawal withdrawal;
  @Autowired Permits permits;
  @Autowired EvidenceLog evidence;
  @Autowired EvidencePump pump;
  @Autowired OutsideWorld outside;
  @Autowired SettableClock clock;
  @Autowired JdbcClient jdbc;

  String caseId;

  @BeforeEach
  void startClean() {
    BpmnAwareTests.init(engine);
    clock.set(clock.instant());
    finishWhatIsLeft();
    outside.reset();
    RegisteredMachine.forget(jdbc);
  }

  private void finishWhatIsLeft() {
    jdbc.sql("update execution_permit set settled_at = intended_at where settled_at is null").update();
    jdbc.sql("update approval_request set state = 'WITHDRAWN' where state in ('PENDING', 'HELD')").update();
    runtime.createProcessInstanceQuery().rootProcessInstances().list()
        .forEach(left -> {
          cases.close(left.getBusinessKey(), "TEST_ENDED");
          runtime.deleteProcessInstance(left.getId(), "test ended");
        });
  }

  static Person person(String oid, String role, String group) {
    return new Person("tenant", oid, oid, Set.of(role), Set.of(group));
  }

  void openACase() {
    caseId = intake.take(alert()).get(0).caseId();
    settle();
  }

  static byte[] alert() {
    return """
        {"SystemAlertId":"%s","AlertSeverity":"High","ProviderName":"MDATP","AlertName":"x",
         "Entities":"[{\\"$id\\":\\"2\\",\\"HostName\\":\\"pacs-gw-01\\",\\"MdatpDeviceId\\":\\"%s\\",\\"Type\\":\\"host\\"}]"}"""
        .formatted(UUID.randomUUID(), OutsideWorld.MACHINE)
        .getBytes(StandardCharsets.UTF_8);
  }

  void settle() {
    worker.runDue();
  }

  /** Until every step failed as often as it may. */
  void settleThroughAllTries() {
    for (int tries = 0; tries < 5; tries++) {
      settle();
      clock.tick(Duration.ofMinutes(15));
    }
    settle();
  }

  DecisionOutcome answer(Verdict verdict, Person person) {
    return decisions.decide(
        new Decision(request().id(), request().requestRevision(), verdict, null, clock.instant().plus(Duration.ofHours(1)),
            clock.instant().plus(Duration.ofHours(4)), ProcedureImpact.NONE_RUNNING, "THREAT_OUTWEIGHS_DOWNTIME", null, person));
  }

  /** A yes to an emergency says nothing but why. */
  DecisionOutcome agree(Person person) {
    return decisions.decide(
        new Decision(request().id(), request().requestRevision(), Verdict.APPROVE, null, null, null, null, "THREAT_OUTWEIGHS_DOWNTIME", null, person));
  }

  ApprovalRequest request() {
    List<ApprovalRequest> all = requests.ofCase(caseId);
    return all.get(all.size() - 1);
  }

  void letTheDeadlinePass() {
    clock.set(request().answerDeadline());
    fireTimer("boundaryEvent_deadline");
    settle();
    clock.tick(Duration.ofSeconds(1));
  }

  void fireTimer(String activity) {
    List<Job> due = management.createJobQuery().activityId(activity).list().stream().filter(job -> caseId.equals(businessKey(job))).toList();
    assertThat(due).as("timers at " + activity).hasSize(1);
    management.executeJob(due.get(0).getId());
  }

  private String businessKey(Job job) {
    return runtime.createProcessInstanceQuery().processInstanceId(job.getProcessInstanceId()).singleResult().getBusinessKey();
  }

  Task task(String key) {
    return tasks.createTaskQuery().processInstanceBusinessKey(caseId).taskDefinitionKey(key).singleResult();
  }

  void complete(String key, Person person, Map<String, String> fields) {
    playbookTasks.complete(task(key).getId(), person, fields);
    settle();
  }

  ProcessInstance process(String key) {
    return runtime.createProcessInstanceQuery().processInstanceBusinessKey(caseId).processDefinitionKey(key).singleResult();
  }

  List<String> eventTypes() {
    pump.flush();
    return evidence.entriesOfCase(caseId).stream().map(entry -> entry.type().name()).toList();
  }

  /** What the log says of this kind, oldest first, as JSON. */
  List<String> entries(EvidenceType type) {
    pump.flush();
    return evidence.entriesOfCase(caseId).stream().filter(entry -> entry.type() == type).map(entry -> entry.json()).toList();
  }

  long count(String call) {
    return outside.calls.stream().filter(call::equals).count();
  }
}
