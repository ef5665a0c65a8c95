package io.cordon.playbook;

import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the SOC can start on a case. */
@Component
public class Playbooks {
  private static final String TRIAGE = "userTask_triage";

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
    requireKnown(key);
    answerTriage(caseId, person, Map.of("triageDecision", "CONTAIN"));
  }

  /** @throws TaskRefusedException when there is no playbook of this name that the SOC could start */
  public void requireKnown(String key) {
    if (!"containLinuxHost".equals(key) && !"contain-linux-host".equals(key)) {
      throw new TaskRefusedException("UNKNOWN_PLAYBOOK");
    }
  }

  /** Whether the SOC is asked what to do about the case. */
  public boolean waitsForTriage(String caseId) {
    return triage(caseId).size() == 1;
  }

  /** @throws TaskRefusedException when the person may not, or the case does not wait for triage */
  public void requireTriage(String caseId, Person person) {
    if (!person.has(Role.SOC_ANALYST)) {
      throw new TaskRefusedException("TASK_OF_OTHERS");
    }
    if (!waitsForTriage(caseId)) {
      throw new TaskRefusedException("NOT_IN_TRIAGE");
    }
  }

  /** Answers for this person what the SOC is asked about the case; codes only. */
  public void answerTriage(String caseId, Person person, Map<String, Object> codes) {
    requireTriage(caseId, person);
    tasks.completeAs(triage(caseId).get(0).id(), person, codes);
  }

  private List<TaskView> triage(String caseId) {
    return tasks.ofCase(caseId).stream().filter(task -> TRIAGE.equals(task.key())).toList();
  }
}
