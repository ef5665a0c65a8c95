package io.cordon.playbook;

import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.DefaultJobRetryCmd;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.producer.CacheAwareHistoryEventProducer;
import org.camunda.bpm.engine.runtime.Job;

/**
 * What the engine keeps of a failed job, in its tables and in incidents, is which kind of failure it was and where: a
 * message may quote what a driver or parser was given.
 */
class QuietFailuresPlugin extends AbstractProcessEnginePlugin {
  /** A failure without its messages. */
  private static final class JobFailure extends RuntimeException {
    private JobFailure(Throwable original) {
      super(kinds(original), null, false, true);
      setStackTrace(original.getStackTrace());
    }

    private static String kinds(Throwable original) {
      StringBuilder kinds = new StringBuilder(original.getClass().getName());
      Throwable cause = original.getCause();
      for (int depth = 0; cause != null && depth < 8; depth++, cause = cause.getCause()) {
        kinds.append(" < ").append(cause.getClass().getName());
      }
      return kinds.toString();
    }
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    configuration.setFailedJobCommandFactory((jobId, failure) -> new DefaultJobRetryCmd(jobId, quiet(failure)));
    configuration.setHistoryEventProducer(
        new CacheAwareHistoryEventProducer() {
          @Override
          public HistoryEvent createHistoricJobLogFailedEvt(Job job, Throwable failure) {
            return super.createHistoricJobLogFailedEvt(job, quiet(failure));
          }
        });
  }

  // the engine takes no try away for a lost race and must recognise it; its message names rows of its own
  private static Throwable quiet(Throwable failure) {
    return failure == null || failure instanceof OptimisticLockingException ? failure : new JobFailure(failure);
  }
}
