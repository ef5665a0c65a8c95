package io.cordon.playbook;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricDecisionInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.springframework.stereotype.Service;

/** What the engine remembers of a case, step by step. For looking at, and for comparing with the log, which proves. */
@Service
public class CaseSteps {
  /** Steps of one case that are read; a case has some hundred. */
  private static final int MOST = 2_000;
  private static final int MOST_PROCESSES = 200;
  private static final Set<String> WORTH_SHOWING = Set.of("userTask", "serviceTask", "callActivity", "businessRuleTask");

  private final HistoryService history;

  CaseSteps(HistoryService history) {
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
   */
  public record Step(String step, String name, String playbook, int version, Instant from, Instant until, boolean cancelled, boolean task) {
    /** Whether it was done. */
    public boolean isDone() {
      return until != null && !cancelled;
    }
  }

  /** A row of a decision table that answered; inputs and outputs by name. */
  public record FiredRow(String table, Instant at, int row, Map<String, String> inputs, Map<String, String> outputs) {}

  /** The steps of all processes of a case, oldest first, in two queries. */
  public List<Step> of(String caseId) {
    Map<String, HistoricProcessInstance> processes = processes(caseId);
    return history.createNativeHistoricActivityInstanceQuery()
        .sql("""
            select a.* from act_hi_actinst a where a.proc_inst_id_ in (select p.id_ from act_hi_procinst p where p.business_key_ = #{caseId})
             order by a.start_time_, a.sequence_counter_""")
        .parameter("caseId", caseId)
        .listPage(0, MOST).stream()
        .filter(step -> WORTH_SHOWING.contains(step.getActivityType()) && processes.containsKey(step.getProcessInstanceId()))
        .map(step -> step(step, processes.get(step.getProcessInstanceId())))
        .toList();
  }

  private Map<String, HistoricProcessInstance> processes(String caseId) {
    return history.createHistoricProcessInstanceQuery().processInstanceBusinessKey(caseId).listPage(0, MOST_PROCESSES).stream()
        .collect(Collectors.toMap(HistoricProcessInstance::getId, Function.identity()));
  }

  private static Step step(HistoricActivityInstance step, HistoricProcessInstance process) {
    String name = Objects.requireNonNullElse(step.getActivityName(), step.getActivityId());
    String playbook = Objects.requireNonNullElse(process.getProcessDefinitionName(), process.getProcessDefinitionKey());
    return new Step(step.getActivityId(), name, playbook, process.getProcessDefinitionVersion(), step.getStartTime().toInstant(),
        instant(step.getEndTime()), step.isCanceled(), "userTask".equals(step.getActivityType()));
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
