package io.cordon.playbook;

import io.cordon.alerts.CaseBook;
import io.cordon.containment.watch.MachineCases;
import io.cordon.gate.PermitView;
import io.cordon.gate.Permits;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/** Brings what happened past Cordon to whoever holds the machine. */
@Component
class CasesOfMachines implements MachineCases {
  private static final String[] HOLDING = {"userTask_releaseHost", "userTask_holdOrRelease"};

  private final CaseBook cases;
  private final Permits permits;
  private final TaskService tasks;
  private final RuntimeService runtime;
  private final Clock clock;

  CasesOfMachines(CaseBook cases, Permits permits, TaskService tasks, RuntimeService runtime, Clock clock) {
    this.cases = cases;
    this.permits = permits;
    this.tasks = tasks;
    this.runtime = runtime;
    this.clock = clock;
  }

  @Override
  public Optional<String> openCaseOf(String mdeDeviceId) {
    return cases.openCaseOfMachine(mdeDeviceId, "");
  }

  /** The task is due now, so that the case's reminder pages for it; Cordon releases nothing and claims nothing by itself. */
  @Override
  public void releasedPastCordon(String caseId, String mdeDeviceId) {
    tasks.createTaskQuery().processInstanceBusinessKey(caseId).taskDefinitionKeyIn(HOLDING).list().stream()
        .filter(task -> isAbout(task, mdeDeviceId))
        .forEach(task -> tasks.setDueDate(task.getId(), Date.from(clock.instant())));
  }

  private boolean isAbout(Task task, String mdeDeviceId) {
    Object permit = runtime.getVariable(task.getExecutionId(), "permitId");
    return permit instanceof String id && permits.find(id).map(PermitView::mdeDeviceId).filter(mdeDeviceId::equals).isPresent();
  }
}
