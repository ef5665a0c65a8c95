package io.cordon.playbook;

import io.cordon.alerts.CaseBook;
import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.platform.sealed.SealedStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The tasks of the playbooks that wait for people. The clinical answer is not among them: it goes through the gate. */
@Component
public class PlaybookTasks {
  static final String DECIDE = "userTask_decide";
  private static final Set<String> CODES = Set.of("triageDecision", "reasonCode", "control", "done", "assetChoice", "finding", "holdDecision");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern MACHINE_ID = Pattern.compile("[0-9a-fA-F]{40}");

  private final TaskService tasks;
  private final FormService forms;
  private final RuntimeService runtime;
  private final IdentityService identity;
  private final CaseBook cases;
  private final SealedStore sealed;
  private final EvidenceLog evidence;

  PlaybookTasks(
      TaskService tasks,
      FormService forms,
      RuntimeService runtime,
      IdentityService identity,
      CaseBook cases,
      SealedStore sealed,
      EvidenceLog evidence) {
    this.tasks = tasks;
    this.forms = forms;
    this.runtime = runtime;
    this.identity = identity;
    this.cases = cases;
    this.sealed = sealed;
    this.evidence = evidence;
  }

  /** Tasks for people of these roles, the oldest first; a fixed number of queries however many tasks there are. */
  public List<TaskView> open(Set<String> roles, int limit) {
    int most = Math.min(limit, 200);
    return roles.stream()
        .flatMap(role -> waitingFor(role, most).stream())
        .sorted(Comparator.comparing(TaskView::createdAt))
        .limit(most)
        .toList();
  }

  private List<TaskView> waitingFor(String role, int most) {
    List<Task> waiting = tasks.createTaskQuery().taskCandidateGroup(role).orderByTaskCreateTime().asc().listPage(0, most);
    Map<String, String> caseOf = casesOf(waiting);
    return waiting.stream()
        .filter(task -> !DECIDE.equals(task.getTaskDefinitionKey()) && caseOf.containsKey(task.getProcessInstanceId()))
        .map(task -> view(task, caseOf.get(task.getProcessInstanceId()), role))
        .toList();
  }

  /** Case ids by process instance of these tasks, in one query. */
  private Map<String, String> casesOf(List<Task> some) {
    Set<String> processes = some.stream().map(Task::getProcessInstanceId).collect(Collectors.toSet());
    return processes.isEmpty()
        ? Map.of()
        : runtime.createProcessInstanceQuery().processInstanceIds(processes).list().stream()
            .collect(Collectors.toMap(ProcessInstance::getId, ProcessInstance::getBusinessKey));
  }

  /** The open tasks of a case. */
  public List<TaskView> ofCase(String caseId) {
    return tasks.createTaskQuery().processInstanceBusinessKey(caseId).listPage(0, 50).stream()
        .filter(task -> !DECIDE.equals(task.getTaskDefinitionKey()))
        .map(this::view)
        .toList();
  }

  /** What each of these cases waits for: its task with the nearest deadline, by case id. Two queries however many cases. */
  public Map<String, TaskClock> nextOf(Collection<String> caseIds) {
    if (caseIds.isEmpty()) {
      return Map.of();
    }
    List<Task> open = tasks.createTaskQuery().processInstanceBusinessKeyIn(caseIds.toArray(String[]::new)).list();
    Map<String, String> caseOf = casesOf(open);
    return open.stream()
        .filter(task -> !DECIDE.equals(task.getTaskDefinitionKey()) && caseOf.containsKey(task.getProcessInstanceId()))
        .map(task -> new TaskClock(caseOf.get(task.getProcessInstanceId()), task.getName(), instant(task.getDueDate())))
        .collect(Collectors.toMap(TaskClock::caseId, Function.identity(), TaskClock::sooner));
  }

  /** The task with this id, if it is still open. */
  public Optional<TaskView> find(String taskId) {
    return Optional.ofNullable(tasks.createTaskQuery().taskId(taskId).singleResult())
        .filter(task -> !DECIDE.equals(task.getTaskDefinitionKey()))
        .map(this::view);
  }

  /** The form of a task as Camunda Forms JSON, of the version that was deployed with the playbook. */
  public String form(String taskId) {
    if (forms.getTaskFormData(taskId).getCamundaFormRef() == null) {
      return "{\"type\":\"default\",\"components\":[]}";
    }
    try (InputStream form = forms.getDeployedTaskForm(taskId)) {
      return new String(form.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the form of the task cannot be read", e);
    }
  }

  /**
   * Completes a task. Codes become variables and evidence under the person's name; what people typed is sealed and
   * becomes neither.
   *
   * @throws TaskRefusedException when the task is gone, not for this person, or a field holds no code
   */
  @Transactional
  public void complete(String taskId, Person person, Map<String, String> fields) {
    TaskView task = find(taskId).orElseThrow(() -> new TaskRefusedException("TASK_GONE"));
    if (!person.roles().contains(task.role())) {
      throw new TaskRefusedException("TASK_OF_OTHERS");
    }
    Map<String, Object> variables = new HashMap<>();
    fields.forEach((name, value) -> take(task, variables, name, value));
    if (Role.SOC_ANALYST.claim().equals(task.role())) {
      cases.requestedBy(task.caseId(), person, task.key());
    }
    record(task, person, variables);
    identity.setAuthentication(person.oid(), List.copyOf(person.roles()));
    try {
      tasks.complete(taskId, variables);
    } finally {
      identity.clearAuthentication();
    }
  }

  private void record(TaskView task, Person person, Map<String, Object> codes) {
    Map<String, Object> facts = new HashMap<>(codes);
    facts.put("task", task.key());
    EvidenceActor actor = new EvidenceActor(person.tid(), person.oid(), task.role());
    evidence.append(EvidenceEvent.ofCase(EvidenceType.REVIEW_RECORDED, task.caseId(), actor, facts));
  }

  private void take(TaskView task, Map<String, Object> variables, String name, String value) {
    if (value == null || value.isBlank()) {
      return;
    }
    if (!CODES.contains(name)) {
      sealed.seal(task.caseId(), "task-" + (CODE.matcher(name).matches() ? name : "text"), value.getBytes(StandardCharsets.UTF_8));
      return;
    }
    Pattern shape = "assetChoice".equals(name) ? MACHINE_ID : CODE;
    if (!shape.matcher(value.strip()).matches()) {
      throw new TaskRefusedException("INVALID_FIELDS");
    }
    variables.put(name, value.strip());
  }

  private TaskView view(Task task) {
    String caseId = runtime.createProcessInstanceQuery().processInstanceId(task.getProcessInstanceId()).singleResult().getBusinessKey();
    String role = tasks.getIdentityLinksForTask(task.getId()).stream().map(IdentityLink::getGroupId).filter(Objects::nonNull).findFirst().orElse("");
    return view(task, caseId, role);
  }

  private static TaskView view(Task task, String caseId, String role) {
    return new TaskView(
        task.getId(), caseId, task.getName(), task.getTaskDefinitionKey(), role, task.getCreateTime().toInstant(), instant(task.getDueDate()));
  }

  private static Instant instant(Date date) {
    return date == null ? null : date.toInstant();
  }
}
