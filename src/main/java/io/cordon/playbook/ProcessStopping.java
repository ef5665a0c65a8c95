package io.cordon.playbook;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.alerts.NamedProcesses;
import io.cordon.containment.StopSettings;
import io.cordon.gate.StopOrder;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Asks Clinical Ops to let one process be stopped instead of isolating its machine. */
@Component
public class ProcessStopping {
  private final CaseBook cases;
  private final NamedProcesses processes;
  private final Playbooks playbooks;
  private final StopSettings settings;

  ProcessStopping(CaseBook cases, NamedProcesses processes, Playbooks playbooks, StopSettings settings) {
    this.cases = cases;
    this.processes = processes;
    this.playbooks = playbooks;
    this.settings = settings;
  }

  /** The processes that this person could ask about now; none where it is not offered. */
  public List<NamedProcesses.Numbered> offered(String caseId, Person person) {
    boolean possible = settings.isOffered() && person.has(Role.SOC_ANALYST) && hasSensor(caseId) && playbooks.waitsForTriage(caseId);
    return possible ? processes.ofCase(caseId) : List.of();
  }

  /**
   * Starts it; the person who does so cannot approve it.
   *
   * @param number of the process among those the case's alerts name
   * @param dataStatement a {@link StopOrder.DataStatement}
   * @throws TaskRefusedException when it cannot be; nothing was started then
   */
  public void start(String caseId, long number, String dataStatement, Person person) {
    playbooks.requireTriage(caseId, person);
    TaskRefusedException.unless(settings.isOffered(), "STOP_NOT_OFFERED");
    TaskRefusedException.unless(hasSensor(caseId), "NO_SENSOR");
    TaskRefusedException.unless(processes.find(caseId, number).isPresent(), "PROCESS_UNKNOWN");
    boolean stated = Arrays.stream(StopOrder.DataStatement.values()).anyMatch(one -> one.name().equals(dataStatement));
    TaskRefusedException.unless(stated, "DATA_STATEMENT_MISSING");
    playbooks.answerTriage(caseId, person, Map.of("triageDecision", "STOP_PROCESS", "process", number, "dataStatement", dataStatement));
  }

  private boolean hasSensor(String caseId) {
    return cases.find(caseId).map(CaseView::mdeDeviceId).isPresent();
  }
}
