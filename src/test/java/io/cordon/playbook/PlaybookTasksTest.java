package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.platform.people.Person;
import io.cordon.platform.time.SqlTime;
import io.cordon.testing.TestSettings;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

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
    "settle-unresolved, finding=PERHAPS", ", reasonCode=CLEANED"
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
    assertThat(jdbc.sql("select kind from sealed_material where case_id = :id").param("id", caseId).query(String.class).single()).isEqualTo("task-comment");
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

  /** Starts a process that waits at one task with this form; returns the task's id. */
  private String taskWith(String form) {
    var task = Bpmn.createExecutableProcess("p").camundaHistoryTimeToLive(1).startEvent().userTask("t").camundaCandidateGroups("Security.Lead");
    var deployment = repository.createDeployment();
    if (form != null) {
      deployment.addClasspathResource("forms/" + form + ".form");
      task.camundaFormRef(form).camundaFormRefBinding("deployment");
    }
    deployment.addModelInstance("p.bpmn", task.endEvent().done()).deploy();
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
