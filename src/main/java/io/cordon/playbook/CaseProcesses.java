package io.cordon.playbook;

import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.PlaybookSignals;
import io.cordon.gate.Plans;
import io.cordon.platform.people.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/** Tells the playbook of a case what was decided, in the transaction of the caller. */
@Component
class CaseProcesses implements PlaybookSignals {
  static final String WITHDRAWN = "cordon.requestWithdrawn";
  static final String FIRST_AGREED = "cordon.firstAgreed";

  private final RuntimeService runtime;
  private final TaskService tasks;
  private final IdentityService identity;
  private final Plans plans;
  private final NotAgreed notAgreed;

  CaseProcesses(RuntimeService runtime, TaskService tasks, IdentityService identity, Plans plans, NotAgreed notAgreed) {
    this.plans = plans;
    this.notAgreed = notAgreed;
    this.runtime = runtime;
    this.tasks = tasks;
    this.identity = identity;
  }

  @Override
  public void answered(ApprovalRequest request, Person person) {
    List<Task> waiting =
        tasks.createTaskQuery().processInstanceId(request.processInstance()).taskDefinitionKey("userTask_decide").list();
    if (waiting.size() != 1) {
      throw new IllegalStateException("the playbook does not wait for an answer");
    }
    as(person, () -> tasks.complete(waiting.get(0).getId(), answer(request)));
  }

  private Map<String, Object> answer(ApprovalRequest request) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("verdict", request.state().name());
    if (request.state() == ApprovalState.REJECTED) {
      variables.put("askNextTier", notAgreed.askNext(request));
      variables.put("tier", request.tier() + 1);
    }
    if (request.state() == ApprovalState.GRANTED) {
      variables.put("windowFrom", request.windowFrom().toString());
      variables.put("windowTo", request.tooLateAt().toString());
      variables.put("machines", plans.approved(request.id()).size());
    }
    return variables;
  }

  @Override
  public void waitsForSecond(ApprovalRequest request) {
    runtime.createExecutionQuery().processInstanceId(request.processInstance()).messageEventSubscriptionName(FIRST_AGREED).list()
        .forEach(listening -> EngineTurn.take(() -> runtime.messageEventReceived(FIRST_AGREED, listening.getId())));
  }

  @Override
  public boolean answeredAgain(ApprovalRequest request, Person person) {
    return complete(request, person, Map.of("verdict", request.state().name()));
  }

  /** Ends the wait for the last answer about this request; whether there was one. */
  private boolean complete(ApprovalRequest request, Person person, Map<String, Object> variables) {
    List<Task> waiting =
        tasks.createTaskQuery().processInstanceBusinessKey(request.caseId()).taskDefinitionKey(PlaybookTasks.GO_ON).list().stream()
            .filter(task -> request.id().equals(tasks.getVariable(task.getId(), "approvalId")))
            .toList();
    waiting.forEach(task -> as(person, () -> tasks.complete(task.getId(), variables)));
    return !waiting.isEmpty();
  }

  @Override
  public void withdrawn(ApprovalRequest request, Person person, boolean falseAlarm) {
    Map<String, Object> how = Map.of("verdict", falseAlarm ? "FALSE_ALARM" : "WITHDRAWN");
    List<Execution> waiting =
        runtime.createExecutionQuery()
            .processInstanceBusinessKey(request.caseId())
            .processVariableValueEquals("approvalId", request.id())
            .messageEventSubscriptionName(WITHDRAWN)
            .list();
    for (Execution execution : waiting) {
      as(person, () -> runtime.messageEventReceived(WITHDRAWN, execution.getId(), how));
    }
    complete(request, person, how);
  }

  /** Does it under the person's name, so that the engine's own log shows who. */
  private void as(Person person, Runnable deed) {
    if (person != null) {
      identity.setAuthentication(person.oid(), List.copyOf(person.roles()));
    }
    try {
      EngineTurn.take(deed);
    } finally {
      identity.clearAuthentication();
    }
  }
}
