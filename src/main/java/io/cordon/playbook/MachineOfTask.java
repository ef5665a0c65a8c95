package io.cordon.playbook;

import io.cordon.gate.Plans;
import io.cordon.playbook.campaign.CampaignTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.springframework.beans.factory.ObjectProvider;

/** Where a case is about several machines, each task of one of them keeps its device id. */
class MachineOfTask extends AbstractProcessEnginePlugin {
  static final String MACHINE = "machine";

  private final ObjectProvider<Plans> plans;
  private final ObjectProvider<CampaignTargets> campaigns;

  MachineOfTask(ObjectProvider<Plans> plans, ObjectProvider<CampaignTargets> campaigns) {
    this.plans = plans;
    this.campaigns = campaigns;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    List<BpmnParseListener> listeners = new ArrayList<>(List.of(new OnUserTask()));
    if (configuration.getCustomPostBPMNParseListeners() != null) {
      listeners.addAll(configuration.getCustomPostBPMNParseListeners());
    }
    configuration.setCustomPostBPMNParseListeners(listeners);
  }

  private final class OnUserTask extends AbstractBpmnParseListener {
    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
      ((UserTaskActivityBehavior) activity.getActivityBehavior())
          .getTaskDefinition()
          .addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, MachineOfTask.this::note);
    }
  }

  private void note(DelegateTask task) {
    Object turn = task.getVariable("turn") == null ? task.getVariable("loopCounter") : task.getVariable("turn");
    if (turn instanceof Integer number
        && task.getVariable("approvalId") instanceof String approval
        && campaigns.getObject().areOf(task.getExecution().getProcessBusinessKey())) {
      task.setVariableLocal(MACHINE, plans.getObject().approved(approval).get(number).mdeDeviceId());
    }
  }

  /** The device ids of these tasks, where they keep one, by task; one query however many tasks. */
  static Map<String, String> of(RuntimeService runtime, List<String> taskIds) {
    return taskIds.isEmpty()
        ? Map.of()
        : runtime.createVariableInstanceQuery().taskIdIn(taskIds.toArray(String[]::new)).variableName(MACHINE).list().stream()
            .collect(Collectors.toMap(VariableInstance::getTaskId, variable -> variable.getValue().toString()));
  }
}
