package io.cordon.playbook.worker;

import java.util.ArrayList;
import java.util.List;
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

/**
 * Lets the engine look for timers right after a commit that brought a playbook to wait for one thing or another: a window that
 * is open already is not to wait until the engine looks by itself, which on a quiet night it does every five seconds.
 */
public class WakeJobsPlugin extends AbstractProcessEnginePlugin {
  private ProcessEngineConfigurationImpl engine;

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    engine = configuration;
    List<BpmnParseListener> listeners = new ArrayList<>(List.of(new OnWaiting()));
    if (configuration.getCustomPostBPMNParseListeners() != null) {
      listeners.addAll(configuration.getCustomPostBPMNParseListeners());
    }
    configuration.setCustomPostBPMNParseListeners(listeners);
  }

  private final class OnWaiting extends AbstractBpmnParseListener {
    @Override
    public void parseEventBasedGateway(Element gateway, ScopeImpl scope, ActivityImpl activity) {
      activity.addListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) execution -> wakeAfterCommit());
    }
  }

  private void wakeAfterCommit() {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              engine.getJobExecutor().jobWasAdded();
            }
          });
    }
  }
}
