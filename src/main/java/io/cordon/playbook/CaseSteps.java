package io.cordon.playbook;

import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricDecisionInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What the engine remembers of a case, step by step. For looking at, and for comparing with the log, which proves. */
@Service
public class CaseSteps {
  /** Steps of one case that are read; a case has some hundred. */
  private static final int MOST = 2_000;
  private static final int MOST_PROCESSES = 200;
  private static final Set<String> WORTH_SHOWING = Set.of("userTask", "serviceTask", "callActivity", "businessRuleTask");

  private final HistoryService history;
  private final RepositoryService repository;
  private final JdbcClient jdbc;

  CaseSteps(HistoryService history, RepositoryService repository, JdbcClient jdbc) {
    this.repository = repository;
    this.jdbc = jdbc;
    this.history = history;
  }

  /**
   * One time that a case came to a step.
   *
   * @param step id of the step in the model
   * @param playbook name of the model, with the version that was deployed
   * @param until when it was left, UTC; null while it is there
   * @param cancelled whether it was left without being done
   * @param task whether it waited for a person
   * @param form what that person was asked to fill in; null without a form
   */
  public record Step(String step, String name, String playbook, int version, Instant from, Instant until, boolean cancelled, boolean task, Form form) {
    /** A step for which nobody filled in a form. */
    public Step(String step, String name, String playbook, int version, Instant from, Instant until, boolean cancelled, boolean task) {
      this(step, name, playbook, version, from, until, cancelled, task, null);
    }

    /** Whether it was done. */
    public boolean isDone() {
      return until != null && !cancelled;
    }
  }

  /** A form, as it was deployed together with the playbook. */
  public record Form(String key, int version) {}

  /** A row of a decision table that answered; inputs and outputs by name. */
  public record FiredRow(String table, Instant at, int row, Map<String, String> inputs, Map<String, String> outputs) {}

  /** The steps of all processes of a case, oldest first, in three queries. */
  public List<Step> of(String caseId) {
    Map<String, HistoricProcessInstance> processes = processes(caseId);
    Map<String, Integer> versions = formVersions(processes.values());
    return history.createNativeHistoricActivityInstanceQuery()
        .sql("""
            select a.* from act_hi_actinst a where a.proc_inst_id_ in (select p.id_ from act_hi_procinst p where p.business_key_ = #{caseId})
             order by a.start_time_, a.sequence_counter_""")
        .parameter("caseId", caseId)
        .listPage(0, MOST).stream()
        .filter(step -> WORTH_SHOWING.contains(step.getActivityType()) && processes.containsKey(step.getProcessInstanceId()))
        .map(step -> step(step, processes.get(step.getProcessInstanceId()), versions))
        .toList();
  }

  private Map<String, HistoricProcessInstance> processes(String caseId) {
    return history.createHistoricProcessInstanceQuery().processInstanceBusinessKey(caseId).listPage(0, MOST_PROCESSES).stream()
        .collect(Collectors.toMap(HistoricProcessInstance::getId, Function.identity()));
  }

  /** The versions of the forms that were deployed with these playbooks, by definition of the playbook and key of the form. */
  private Map<String, Integer> formVersions(Collection<HistoricProcessInstance> processes) {
    String[] definitions = processes.stream().map(HistoricProcessInstance::getProcessDefinitionId).distinct().toArray(String[]::new);
    Map<String, Integer> versions = new HashMap<>();
    jdbc.sql("""
            select p.id_ as playbook, f.key_ as form, f.version_ as version
              from act_re_procdef p join act_re_camformdef f on f.deployment_id_ = p.deployment_id_ where p.id_ = any(?)""")
        .param(definitions)
        .query(row -> {
          versions.put(row.getString("playbook") + " " + row.getString("form"), row.getInt("version"));
        });
    return versions;
  }

  private Form form(HistoricActivityInstance step, Map<String, Integer> versions) {
    if (!(repository.getBpmnModelInstance(step.getProcessDefinitionId()).getModelElementById(step.getActivityId()) instanceof UserTask task)) {
      return null;
    }
    String key = task.getCamundaFormRef();
    Integer version = versions.get(step.getProcessDefinitionId() + " " + key);
    return version == null ? null : new Form(key, version);
  }

  private Step step(HistoricActivityInstance step, HistoricProcessInstance process, Map<String, Integer> versions) {
    String name = Objects.requireNonNullElse(step.getActivityName(), step.getActivityId());
    String playbook = Objects.requireNonNullElse(process.getProcessDefinitionName(), process.getProcessDefinitionKey());
    return new Step(step.getActivityId(), name, playbook, process.getProcessDefinitionVersion(), step.getStartTime().toInstant(),
        instant(step.getEndTime()), step.isCanceled(), "userTask".equals(step.getActivityType()), form(step, versions));
  }

  /** The rows of the policy table that answered for a case, oldest first. */
  public List<FiredRow> firedRows(String caseId) {
    return processes(caseId).values().stream().filter(process -> "receiveAlert".equals(process.getProcessDefinitionKey()))
        .flatMap(process -> history.createHistoricDecisionInstanceQuery().processInstanceId(process.getId()).includeInputs().includeOutputs()
            .orderByEvaluationTime().asc().listPage(0, MOST_PROCESSES).stream())
        .flatMap(decision -> rows(decision).stream())
        .toList();
  }

  private static List<FiredRow> rows(HistoricDecisionInstance decision) {
    Map<String, String> inputs = new HashMap<>();
    decision.getInputs().forEach(input -> inputs.put(input.getClauseName(), String.valueOf(input.getValue())));
    Map<Integer, Map<String, String>> outputs = new HashMap<>();
    decision.getOutputs().forEach(output ->
        outputs.computeIfAbsent(output.getRuleOrder(), row -> new HashMap<>()).put(output.getVariableName(), String.valueOf(output.getValue())));
    return outputs.entrySet().stream()
        .map(row -> new FiredRow(Objects.requireNonNullElse(decision.getDecisionDefinitionName(), decision.getDecisionDefinitionKey()),
            decision.getEvaluationTime().toInstant(), row.getKey(), inputs, row.getValue()))
        .toList();
  }

  private static Instant instant(Date date) {
    return date == null ? null : date.toInstant();
  }
}
