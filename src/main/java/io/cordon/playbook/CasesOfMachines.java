package io.cordon.playbook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.CaseBook;
import io.cordon.containment.watch.MachineCases;
import io.cordon.gate.PermitView;
import io.cordon.gate.Permits;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Objects;
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
  private final AlertIntake intake;
  private final Permits permits;
  private final TaskService tasks;
  private final RuntimeService runtime;
  private final Clock clock;

  CasesOfMachines(CaseBook cases, AlertIntake intake, Permits permits, TaskService tasks, RuntimeService runtime, Clock clock) {
    this.cases = cases;
    this.intake = intake;
    this.permits = permits;
    this.tasks = tasks;
    this.runtime = runtime;
    this.clock = clock;
  }

  @Override
  public boolean isOpen(String caseId) {
    return cases.find(caseId).filter(about -> "OPEN".equals(about.state())).isPresent();
  }

  @Override
  public Optional<String> openCaseOf(String mdeDeviceId) {
    return cases.openCaseOfMachine(mdeDeviceId, "");
  }

  /** Taken in like an alert of the same id as the action: an analyst has to triage it, and is paged when that is late. */
  @Override
  public String openCaseFor(String alertId, String mdeDeviceId) {
    ObjectNode alert = JsonNodeFactory.instance.objectNode();
    alert.put("SystemAlertId", alertId).put("AlertSeverity", "High").put("ProviderName", "Cordon").put("AlertName", "Isolated in the Defender portal, past Cordon, or late by Cordon itself");
    alert.putArray("Entities").addObject().put("Type", "host").put("MdatpDeviceId", mdeDeviceId);
    String caseId = intake.take(alert.toString().getBytes(StandardCharsets.UTF_8)).get(0).caseId();
    return Objects.requireNonNull(caseId, "the action of Defender could not be taken in as an alert");
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
