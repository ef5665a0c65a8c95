package io.cordon.testing;

import io.cordon.playbook.worker.ExternalTaskWorker;
import io.cordon.playbook.worker.TopicHandler;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;

/** Does besides what the engine's own threads would: steps that begin in a transaction of their own, each until it failed three times. */
final class PlayedWorker extends ExternalTaskWorker {
  private final ManagementService jobs;

  PlayedWorker(ExternalTaskService tasks, ManagementService jobs, List<TopicHandler> handlers, Duration lock, BooleanSupplier reachesMachines) {
    super(tasks, handlers, "played", 0, lock, reachesMachines);
    this.jobs = jobs;
  }

  @Override
  public int runDue() {
    int done = 0;
    int round;
    do {
      round = super.runDue();
      for (Job job : jobs.createJobQuery().messages().withRetriesLeft().list()) {
        run(job);
        round++;
      }
      done += round;
    } while (round > 0);
    return done;
  }

  private void run(Job job) {
    try {
      jobs.executeJob(job.getId());
    } catch (RuntimeException e) {
      if (e.getCause() instanceof Error death) {
        throw death;
      }
      // the engine counted it
    }
  }
}
