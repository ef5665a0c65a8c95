package io.cordon.playbook.worker;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wakes the worker right after the commit that created an external task, so that nobody waits for the next poll. */
public class WakeWorkerPlugin extends AbstractProcessEnginePlugin {
  private final Runnable wake;

  public WakeWorkerPlugin(Runnable wake) {
    this.wake = wake;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    List<BpmnParseListener> listeners =
        configuration.getCustomPostBPMNParseListeners() == null
            ? new ArrayList<>()
            : new ArrayList<>(configuration.getCustomPostBPMNParseListeners());
    listeners.add(new OnExternalTask());
    configuration.setCustomPostBPMNParseListeners(listeners);
  }

  private final class OnExternalTask extends AbstractBpmnParseListener {
    @Override
    public void parseServiceTask(Element task, ScopeImpl scope, ActivityImpl activity) {
      if ("external".equals(task.attributeNS(org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "type"))) {
        activity.addListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) this::wakeAfterCommit);
      }
    }

    private void wakeAfterCommit(DelegateExecution execution) {
      if (TransactionSynchronizationManager.isSynchronizationActive()) {
        TransactionSynchronizationManager.registerSynchronization(
            new TransactionSynchronization() {
              @Override
              public void afterCommit() {
                wake.run();
              }
            });
      }
    }
  }
}
