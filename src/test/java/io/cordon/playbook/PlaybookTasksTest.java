package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.cordon.platform.people.Person;
import io.cordon.platform.time.SqlTime;
import io.cordon.testing.TestSettings;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Answers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** Tasks with the shipped forms, one task a process, on the real engine and a real database. */
@SpringBootTest
class PlaybookTasksTest {
  private static final Person LEAD = new Person("tenant", "sec.lead", "Lead", Set.of("Security.Lead"), Set.of());
  private static final String MACHINE = "ab".repeat(20);

  @Autowired RepositoryService repository;
  @Autowired RuntimeService runtime;
  @Autowired HistoryService history;
  @Autowired TaskService engineTasks;
  @Autowired PlaybookTasks tasks;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  private String caseId;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    TestSettings.register(registry, "playbook_tasks");
  }

  @BeforeEach
  void openACase() {
    caseId = "c-" + UUID.randomUUID();
    jdbc.sql("insert into incident_case (id, state, severity, detector, opened_at) values (:id, 'OPEN', 'High', 'MDE', :at)")
        .param("id", caseId).param("at", SqlTime.of(Instant.EPOCH)).update();
  }

  @ParameterizedTest
  @CsvSource({
    "release-host, reasonCode=John-Smith-MRN1234", "release-host, comment=no reason", "release-host, reasonCode=CLEANED;finding=ISOLATED",
    "release-host, reasonCode=CLEANED;John-Smith=x", "confirm-compensating-control, control=FIREWALL_RULE;done=John-Smith;reasonCode=NO_ANSWER",
    "confirm-compensating-control, control=FIREWALL_RULE;reasonCode=NO_ANSWER", "resolve-asset, assetChoice=pacs-gw-01;reasonCode=MATCHED_BY_ID",
    "settle-unresolved, finding=PERHAPS", "release-by-hand, comment=back", "release-by-hand, finding=ISOLATED", ", reasonCode=CLEANED"
  })
  void refusesWhatTheFormDoesNotAskFor(String form, String fields) {
    String task = taskWith(form);
    assertThatThrownBy(() -> tasks.complete(task, LEAD, fields(fields))).isInstanceOf(TaskRefusedException.class).hasMessage("INVALID_FIELDS");
    assertThat(tasks.find(task)).isPresent();
    assertThat(variables(task)).isEmpty();
  }

  @Test
  void keepsCodesAsVariablesAndSealsWhatWasTyped() {
    String task = taskWith("release-host");
    tasks.complete(task, LEAD, Map.of("reasonCode", " CLEANED ", "comment", "Jane was here"));
    assertThat(variables(task)).containsExactly("reasonCode=CLEANED");
    assertThat(staged()).contains("CLEANED").doesNotContain("Jane");
    assertThat(jdbc.sql("select kind from sealed_material where case_id = :id").param("id", caseId).query(String.class).list()).containsExactlyInAnyOrder("task-comment", "person");
  }

  @Test
  void takesAMachineIdAsTyped() {
    String task = taskWith("resolve-asset");
    tasks.complete(task, LEAD, Map.of("assetChoice", MACHINE, "reasonCode", "MATCHED_BY_ID"));
    assertThat(variables(task)).containsExactlyInAnyOrder("assetChoice=" + MACHINE, "reasonCode=MATCHED_BY_ID");
  }

  @Test
  void takesACommentWhereThereIsNoForm() {
    String task = taskWith(null);
    assertThat(tasks.form(task).fields()).extracting(FormField::key).containsExactly("comment");
    tasks.complete(task, LEAD, Map.of("comment", "Jane was here"));
    assertThat(variables(task)).isEmpty();
    assertThat(tasks.find(task)).isEmpty();
  }

  @Test
  void takesOneOfTwoAnswersGivenAtOnce() throws Exception {
    String task = taskWith("release-host");
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService people = Executors.newFixedThreadPool(2);
    try {
      Callable<String> answer = () -> transaction.execute(status -> answerAfter(together, task));
      List<String> ends = people.invokeAll(List.of(answer, answer)).stream().map(PlaybookTasksTest::end).toList();
      assertThat(ends).containsExactlyInAnyOrder("taken", "TASK_GONE");
      assertThat(variables(task)).hasSize(1);
    } finally {
      people.shutdownNow();
    }
  }

  /** Both have read the task before either completes it. */
  private String answerAfter(CyclicBarrier together, String task) {
    try {
      tasks.find(task).orElseThrow();
      together.await(20, TimeUnit.SECONDS);
      tasks.complete(task, LEAD, Map.of("reasonCode", "CLEANED"));
      return "taken";
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String end(Future<String> answer) {
    try {
      return answer.get();
    } catch (ExecutionException | InterruptedException e) {
      return e.getCause() instanceof TaskRefusedException refused ? refused.code() : String.valueOf(e.getCause());
    }
  }

  @Test
  void findsNoTaskOfAProcessThatEndedBetweenTwoLooks() {
    TaskService someTasks = mock(TaskService.class, Answers.RETURNS_DEEP_STUBS);
    RuntimeService noProcess = mock(RuntimeService.class, Answers.RETURNS_DEEP_STUBS);
    when(someTasks.createTaskQuery().taskId(any()).singleResult().getTaskDefinitionKey()).thenReturn("userTask_triage");
    when(noProcess.createProcessInstanceQuery().processInstanceId(any()).singleResult()).thenReturn(null);
    PlaybookTasks late = new PlaybookTasks(someTasks, null, noProcess, null, null, null, null, null, TransactionOperations.withoutTransaction());
    assertThat(late.find("t")).isEmpty();
    assertThatThrownBy(() -> late.complete("t", LEAD, Map.of())).hasMessage("TASK_GONE");
    assertThatThrownBy(() -> tasks.form("gone")).hasMessage("TASK_GONE");
  }

  /** Starts a process that waits at one task with this form; returns the task's id. */
  private String taskWith(String form) {
    var task = Bpmn.createExecutableProcess("p").name("One task").camundaHistoryTimeToLiveString("P2192D").startEvent().userTask("t")
        .camundaCandidateGroups("Security.Lead").camundaDueDate("PT1H");
    var deployment = repository.createDeployment();
    if (form != null) {
      deployment.addClasspathResource("forms/" + form + ".form");
      task.camundaFormRef(form).camundaFormRefBinding("deployment");
    }
    deployment.addModelInstance("bpmn/p.bpmn", task.endEvent().done()).deploy();
    String process = runtime.startProcessInstanceByKey("p", caseId).getId();
    return engineTasks.createTaskQuery().processInstanceId(process).singleResult().getId();
  }

  private static Map<String, String> fields(String text) {
    return Arrays.stream(text.split(";")).map(pair -> pair.split("=", 2)).collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private List<String> variables(String taskId) {
    String process = history.createHistoricTaskInstanceQuery().taskId(taskId).singleResult().getProcessInstanceId();
    return history.createHistoricVariableInstanceQuery().processInstanceId(process).list().stream()
        .map(variable -> variable.getName() + "=" + variable.getValue()).toList();
  }

  private String staged() {
    return jdbc.sql("select convert_from(body, 'UTF8') from evidence_stage where case_id = :id and type = 'REVIEW_RECORDED'").param("id", caseId).query(String.class).single();
  }
}
