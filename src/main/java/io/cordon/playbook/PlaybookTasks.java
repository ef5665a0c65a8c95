package io.cordon.playbook;

import io.cordon.alerts.CaseBook;
import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceRef;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.Plans;
import io.cordon.platform.database.Again;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.platform.sealed.SealedStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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
import java.util.stream.Stream;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The tasks of the playbooks that wait for people. The clinical answer is not among them: it goes through the gate. */
@Component
public class PlaybookTasks {
  static final String DECIDE = "userTask_decide";
  static final String GO_ON = "userTask_goOn";
  /** Answered through the gate, on the page of the approval. */
  private static final Set<String> OF_THE_GATE = Set.of(DECIDE, GO_ON);
  static final String SETTLE_UNRESOLVED = "userTask_settleUnresolved";
  private static final String DECIDE_NEXT = "userTask_decideNext";
  /** How a Unix host without a sensor is named by people, such as {@code unix:lis-aix-01}. */
  public static final String UNIX_HOST = "unix:[a-z][a-z0-9-]{1,30}";
  /** The kind under which the number of the change in the hospital's ticket system is sealed. */
  public static final String CHANGE_TICKET = "task-changeTicket";
  private static final String ASSET_CHOICE = "assetChoice";
  private static final Set<String> CODES =
      Set.of("triageDecision", "reasonCode", "control", "done", ASSET_CHOICE, "finding", "holdDecision",
          "controlApplied", "emergencyJudgement", "patientImpact", "followUp");
  /** A device id of Defender, or the name of a Unix host that has none. */
  private static final Pattern MACHINE_ID = Pattern.compile("[0-9a-fA-F]{40}|" + UNIX_HOST);
  private static final TaskForm COMMENT_ONLY =
      TaskForm.parse(
          """
          {"components":[{"type":"textarea","key":"comment","label":"Comment (no patient data)","validate":{"maxLength":300}}]}""");

  /** What somebody gave: codes, and references to what they typed, which is sealed. */
  private record Given(Map<String, Object> codes, List<EvidenceRef> sealed) {}

  private final TaskService tasks;
  private final FormService forms;
  private final RuntimeService runtime;
  private final IdentityService identity;
  private final CaseBook cases;
  private final Plans plans;
  private final SealedStore sealed;
  private final EvidenceLog evidence;
  private final TransactionOperations transaction;

  PlaybookTasks(
      TaskService tasks,
      FormService forms,
      RuntimeService runtime,
      IdentityService identity,
      CaseBook cases,
      Plans plans,
      SealedStore sealed,
      EvidenceLog evidence,
      TransactionOperations transaction) {
    this.tasks = tasks;
    this.forms = forms;
    this.runtime = runtime;
    this.identity = identity;
    this.cases = cases;
    this.plans = plans;
    this.sealed = sealed;
    this.evidence = evidence;
    this.transaction = transaction;
  }

  /** Tasks for people of these roles, the oldest first; a fixed number of queries however many tasks there are. */
  public List<TaskView> open(Set<String> roles, int limit) {
    int most = Math.min(limit, 200);
    return withMachines(
        roles.stream()
            .flatMap(role -> waitingFor(role, most).stream())
            .sorted(Comparator.comparing(TaskView::createdAt))
            .limit(most)
            .toList());
  }

  /** The same, each with the machine it is about where its case is about several. */
  private List<TaskView> withMachines(List<TaskView> views) {
    Map<String, String> devices = MachineOfTask.of(runtime, views.stream().map(TaskView::id).toList());
    if (devices.isEmpty()) {
      return views;
    }
    Map<String, String> names = plans.names(Set.copyOf(devices.values()));
    return views.stream().map(view -> devices.containsKey(view.id()) ? view.about(names.get(devices.get(view.id()))) : view).toList();
  }

  private List<TaskView> waitingFor(String role, int most) {
    List<Task> waiting = tasks.createTaskQuery().taskCandidateGroup(role).orderByTaskCreateTime().asc().listPage(0, most);
    Map<String, String> caseOf = casesOf(waiting);
    return waiting.stream()
        .filter(task -> !OF_THE_GATE.contains(task.getTaskDefinitionKey()) && caseOf.containsKey(task.getProcessInstanceId()))
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
    return withMachines(
        tasks.createTaskQuery().processInstanceBusinessKey(caseId).listPage(0, 200).stream()
            .filter(task -> !OF_THE_GATE.contains(task.getTaskDefinitionKey()))
            .map(task -> view(task, caseId, roleOf(task)))
            .toList());
  }

  /** What each of these cases waits for: its task with the nearest deadline, by case id. Two queries however many cases. */
  public Map<String, TaskClock> nextOf(Collection<String> caseIds) {
    if (caseIds.isEmpty()) {
      return Map.of();
    }
    List<Task> open = tasks.createTaskQuery().processInstanceBusinessKeyIn(caseIds.toArray(String[]::new)).list();
    Map<String, String> caseOf = casesOf(open);
    return open.stream()
        .filter(task -> !OF_THE_GATE.contains(task.getTaskDefinitionKey()) && caseOf.containsKey(task.getProcessInstanceId()))
        .map(task -> new TaskClock(caseOf.get(task.getProcessInstanceId()), task.getTaskDefinitionKey(), task.getName(), instant(task.getDueDate())))
        .collect(Collectors.toMap(TaskClock::caseId, Function.identity(), TaskClock::sooner));
  }

  /** The task with this id, if it is still open. */
  public Optional<TaskView> find(String taskId) {
    return Optional.ofNullable(tasks.createTaskQuery().taskId(taskId).singleResult())
        .filter(task -> !OF_THE_GATE.contains(task.getTaskDefinitionKey()))
        .flatMap(task -> caseOf(task).map(caseId -> withMachines(List.of(view(task, caseId, roleOf(task)))).get(0)));
  }

  /** The form of a task, of the version that was deployed with the playbook; a task without one takes a comment. */
  public TaskForm form(String taskId) {
    try {
      return forms.getTaskFormData(taskId).getCamundaFormRef() == null ? COMMENT_ONLY : deployedForm(taskId);
    } catch (RuntimeException e) {
      // the engine fails in one of several ways, a null pointer among them, when somebody completes the task meanwhile
      throw tasks.createTaskQuery().taskId(taskId).count() == 0 ? new TaskRefusedException("TASK_GONE") : e;
    }
  }

  private TaskForm deployedForm(String taskId) {
    try (InputStream form = forms.getDeployedTaskForm(taskId)) {
      return TaskForm.parse(new String(form.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("the form of the task cannot be read", e);
    }
  }

  /**
   * Completes a task. Codes become variables and evidence under the person's name; what people typed is sealed and
   * becomes neither.
   *
   * @throws TaskRefusedException when the task is gone, not for this person, or not filled in as its form asks
   */
  public void complete(String taskId, Person person, Map<String, String> fields) {
    finish(taskId, person, task -> take(task, fields));
  }

  /** Completes a task with what a button of ours stands for, in the place of its form. */
  void completeAs(String taskId, Person person, Map<String, Object> codes) {
    finish(taskId, person, task -> new Given(codes, List.of()));
  }

  /** In one transaction, done again when another step of the playbook came first; then the task may be gone. */
  private void finish(String taskId, Person person, Function<TaskView, Given> answer) {
    Again.transaction(transaction, () -> {
      TaskView task = taskOf(taskId, person);
      Given given = answer.apply(task);
      boolean isolates = "CONTAIN".equals(given.codes().get("triageDecision"));
      TaskRefusedException.unless(!isolates || !"SYSLOG_ONLY".equals(tasks.getVariable(taskId, "capability")), "NO_SENSOR");
      finish(task, person, given);
      return task;
    });
  }

  private TaskView taskOf(String taskId, Person person) {
    TaskView task = find(taskId).orElseThrow(() -> new TaskRefusedException("TASK_GONE"));
    if (!person.roles().contains(task.role())) {
      throw new TaskRefusedException("TASK_OF_OTHERS");
    }
    return task;
  }

  private void finish(TaskView task, Person person, Given given) {
    if (Role.SOC_ANALYST.claim().equals(task.role())) {
      cases.requestedBy(task.caseId(), person, task.key());
    }
    record(task, person, given);
    identity.setAuthentication(person.oid(), List.copyOf(person.roles()));
    try {
      EngineTurn.take(() -> tasks.complete(task.id(), given.codes()));
    } finally {
      identity.clearAuthentication();
    }
  }

  private void record(TaskView task, Person person, Given given) {
    Map<String, Object> facts = new HashMap<>(given.codes());
    facts.put("task", task.key());
    EvidenceActor actor = new EvidenceActor(person.tid(), person.oid(), task.role());
    evidence.append(new EvidenceEvent(EvidenceType.REVIEW_RECORDED, task.caseId(), actor, facts, named(task, person, given.sealed())));
    if (DECIDE_NEXT.equals(task.key()) && facts.containsKey("control")) {
      Map<String, Object> control = Map.of("control", facts.get("control"), "step", "CONFIRMED");
      evidence.append(EvidenceEvent.ofCase(EvidenceType.COMPENSATING_CONTROL, task.caseId(), actor, control));
    }
  }

  /** With the name the person has now; the log points at it and does not hold it. */
  private List<EvidenceRef> named(TaskView task, Person person, List<EvidenceRef> typed) {
    if (person.displayName() == null || person.displayName().isBlank()) {
      return typed;
    }
    return Stream.concat(typed.stream(), Stream.of(seal(task, "person", person.displayName()))).toList();
  }

  private EvidenceRef seal(TaskView task, String kind, String words) {
    return new EvidenceRef(kind, sealed.seal(task.caseId(), kind, words.getBytes(StandardCharsets.UTF_8)).sha256(), true);
  }

  private Given take(TaskView task, Map<String, String> fields) {
    TaskForm form = form(task.id());
    Filled filled = form.filled(fields);
    if (!filled.isGood() || !form.hasFieldsFor(fields.keySet())) {
      throw new TaskRefusedException("INVALID_FIELDS");
    }
    Map<String, Object> codes = new HashMap<>();
    List<EvidenceRef> typed = new ArrayList<>();
    filled.values().forEach((name, value) -> {
      if (ASSET_CHOICE.equals(name) && !MACHINE_ID.matcher(value).matches()) {
        throw new TaskRefusedException("INVALID_FIELDS");
      }
      if (CODES.contains(name) && (ASSET_CHOICE.equals(name) || !form.isFreeText(name))) {
        codes.put(name, value);
      } else {
        typed.add(seal(task, "task-" + name, value));
      }
    });
    return new Given(codes, typed);
  }

  /** Empty when the process ended since the task was read. */
  private Optional<String> caseOf(Task task) {
    return Optional.ofNullable(runtime.createProcessInstanceQuery().processInstanceId(task.getProcessInstanceId()).singleResult())
        .map(ProcessInstance::getBusinessKey);
  }

  private String roleOf(Task task) {
    return tasks.getIdentityLinksForTask(task.getId()).stream().map(IdentityLink::getGroupId).filter(Objects::nonNull).findFirst().orElse("");
  }

  private static TaskView view(Task task, String caseId, String role) {
    return new TaskView(
        task.getId(), caseId, task.getName(), task.getTaskDefinitionKey(), role, task.getCreateTime().toInstant(), instant(task.getDueDate()));
  }

  private static Instant instant(Date date) {
    return date == null ? null : date.toInstant();
  }
}
