package io.cordon.playbook;

import io.cordon.gate.OpenQuestions;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Execution;
import org.springframework.stereotype.Component;

/**
 * Hands a case to another playbook whatever it waits for, unless an action is on its way, nobody knows what became of one, or the
 * machine is isolated: those are followed to their end. Every call is in the caller's transaction.
 */
@Component
class CaseTakeover {
  private final OpenQuestions questions;
  private final RuntimeService runtime;
  private final TaskService tasks;

  CaseTakeover(OpenQuestions questions, RuntimeService runtime, TaskService tasks) {
    this.questions = questions;
    this.runtime = runtime;
    this.tasks = tasks;
  }

  /** Whether the case would listen to this message now. */
  boolean isPossible(String caseId, String message) {
    return !isIsolated(caseId) && !isUnresolved(caseId) && listening(caseId, message).size() == 1;
  }

  /**
   * Where the case listens to this message.
   *
   * @throws TaskRefusedException ALREADY_ACTING, STILL_UNRESOLVED, ALREADY_ISOLATED or NOT_NOW
   */
  String listener(String caseId, String message) {
    TaskRefusedException.unless(!questions.isActing(caseId), "ALREADY_ACTING");
    TaskRefusedException.unless(!isUnresolved(caseId), "STILL_UNRESOLVED");
    TaskRefusedException.unless(!isIsolated(caseId), "ALREADY_ISOLATED");
    List<Execution> listening = listening(caseId, message);
    TaskRefusedException.unless(listening.size() == 1, "NOT_NOW");
    return listening.get(0).getId();
  }

  /** A variable as the case has it where it listens. */
  Object variable(String listener, String name) {
    return runtime.getVariable(listener, name);
  }

  /** Takes back what was asked and lets the other playbook begin. */
  void take(String caseId, String listener, String message, String reason, Map<String, Object> variables) {
    questions.voidAll(caseId, reason);
    EngineTurn.take(() -> runtime.messageEventReceived(message, listener, variables));
  }

  private List<Execution> listening(String caseId, String message) {
    return runtime.createExecutionQuery().processInstanceBusinessKey(caseId).messageEventSubscriptionName(message).list();
  }

  /** Whoever is to find out would be asked no more, and nobody else knows of a machine that may be isolated. */
  private boolean isUnresolved(String caseId) {
    return tasks.createTaskQuery().processInstanceBusinessKey(caseId).taskDefinitionKey(PlaybookTasks.SETTLE_UNRESOLVED).count() > 0;
  }

  private boolean isIsolated(String caseId) {
    return runtime.createProcessInstanceQuery().processInstanceBusinessKey(caseId).processDefinitionKey("releaseHost").count() > 0;
  }
}
