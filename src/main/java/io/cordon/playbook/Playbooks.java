package io.cordon.playbook;

import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the SOC can start on a case. */
@Component
public class Playbooks {
  private final PlaybookTasks tasks;
  private final Compensations compensations;

  Playbooks(PlaybookTasks tasks, Compensations compensations) {
    this.compensations = compensations;
    this.tasks = tasks;
  }

  /**
   * Starts a playbook: containLinuxHost on a case that waits for triage, compensateUnixHost on one whose host is known. The person
   * who does so cannot approve it.
   *
   * @throws TaskRefusedException when there is no such playbook to start or the case does not wait for triage
   */
  public void launch(String caseId, String key, Person person) {
    if ("compensateUnixHost".equals(key) || "compensate-unix-host".equals(key)) {
      compensations.start(caseId, person);
      return;
    }
    if (!"containLinuxHost".equals(key) && !"contain-linux-host".equals(key)) {
      throw new TaskRefusedException("UNKNOWN_PLAYBOOK");
    }
    if (!person.has(Role.SOC_ANALYST)) {
      throw new TaskRefusedException("TASK_OF_OTHERS");
    }
    List<TaskView> triage = tasks.ofCase(caseId).stream().filter(task -> "userTask_triage".equals(task.key())).toList();
    if (triage.size() != 1) {
      throw new TaskRefusedException("NOT_IN_TRIAGE");
    }
    tasks.completeAs(triage.get(0).id(), person, Map.of("triageDecision", "CONTAIN"));
  }
}
