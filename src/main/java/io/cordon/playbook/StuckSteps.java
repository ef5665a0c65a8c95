package io.cordon.playbook;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Steps that failed as often as they may. Nobody sees them by themselves, so they are counted, shown and tried again. */
@Component
public class StuckSteps {
  private final RuntimeService runtime;
  private final ExternalTaskService tasks;
  private final ManagementService jobs;
  private final JdbcClient jdbc;

  StuckSteps(RuntimeService runtime, ExternalTaskService tasks, ManagementService jobs, JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.runtime = runtime;
    this.tasks = tasks;
    this.jobs = jobs;
  }

  /** Whether a step of the case cannot go on. */
  public boolean anyIn(String caseId) {
    return !processes(caseId).isEmpty();
  }

  /** Those of these cases in which a step cannot go on; one query. */
  public Set<String> among(Collection<String> caseIds) {
    return caseIds.isEmpty()
        ? Set.of()
        // the engine's own query takes one business key at a time
        : Set.copyOf(
            jdbc.sql(
                    """
                    select distinct p.business_key_ from act_ru_execution p join act_ru_incident i on i.proc_inst_id_ = p.id_
                     where p.business_key_ = any(:cases)""")
                .param("cases", caseIds.toArray(String[]::new))
                .query(String.class)
                .list());
  }

  /** Gives every stuck step of the case one more try; returns how many there were. */
  public int tryAgain(String caseId) {
    int steps = 0;
    for (ProcessInstance process : processes(caseId)) {
      var failedTasks = tasks.createExternalTaskQuery().processInstanceId(process.getId()).noRetriesLeft().list();
      failedTasks.forEach(task -> tasks.setRetries(task.getId(), 1));
      var failedJobs = jobs.createJobQuery().processInstanceId(process.getId()).noRetriesLeft().list();
      failedJobs.forEach(job -> jobs.setJobRetries(job.getId(), 1));
      steps += failedTasks.size() + failedJobs.size();
    }
    return steps;
  }

  private List<ProcessInstance> processes(String caseId) {
    return runtime.createProcessInstanceQuery().processInstanceBusinessKey(caseId).withIncident().list();
  }
}
