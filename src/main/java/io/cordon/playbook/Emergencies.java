package io.cordon.playbook;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.gate.BreakGlass;
import io.cordon.gate.EmergencyReason;
import io.cordon.platform.database.Again;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Execution;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Declares an emergency on a case: whatever its playbook waits for ends, and two leads are asked at once. Declaring one is
 * not yet agreeing, and no number of emergencies makes the next one impossible.
 */
@Component
public class Emergencies {
  static final String DECLARED = "cordon.emergencyDeclared";
  private static final Set<Role> MAY_DECLARE = Set.of(Role.SOC_ANALYST, Role.SECURITY_LEAD, Role.CLINICAL_APPROVER, Role.CLINICAL_EXECUTIVE);
  private static final Set<Role> LEADS = Set.of(Role.SECURITY_LEAD, Role.CLINICAL_APPROVER, Role.CLINICAL_EXECUTIVE);

  private final CaseBook cases;
  private final BreakGlass glass;
  private final RuntimeService runtime;
  private final TransactionTemplate transaction;

  Emergencies(CaseBook cases, BreakGlass glass, RuntimeService runtime, PlatformTransactionManager transactions) {
    this.cases = cases;
    this.glass = glass;
    this.runtime = runtime;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Whether this person may declare one. */
  public static boolean mayDeclare(Person person) {
    return MAY_DECLARE.stream().anyMatch(person::has);
  }

  /** Whether one could be declared on this case now. */
  public boolean isPossible(String caseId) {
    return cases.find(caseId).filter(about -> about.mdeDeviceId() != null).isPresent() && !isIsolated(caseId) && !listening(caseId).isEmpty();
  }

  /**
   * Declares an emergency.
   *
   * @param reasonCode an {@link EmergencyReason}
   * @param onCallSilent whether the clinical on-call cannot be reached, so that the executive stands in
   * @throws TaskRefusedException when this person may not, or the case's machine is not known, is being acted on or is isolated
   */
  public void declare(String caseId, Person person, String reasonCode, boolean onCallSilent) {
    require(mayDeclare(person), "TASK_OF_OTHERS");
    require(EmergencyReason.isKnown(reasonCode), "INVALID_FIELDS");
    var said = new BreakGlass.Declaration(caseId, EmergencyReason.valueOf(reasonCode), onCallSilent);
    Again.transaction(transaction, () -> declare(said, person));
  }

  private Void declare(BreakGlass.Declaration said, Person person) {
    require(cases.find(said.caseId()).map(CaseView::mdeDeviceId).isPresent(), "MACHINE_UNKNOWN");
    require(!glass.isActing(said.caseId()), "ALREADY_ACTING");
    require(!isIsolated(said.caseId()), "ALREADY_ISOLATED");
    List<Execution> listening = listening(said.caseId());
    require(listening.size() == 1, "EMERGENCY_RUNS");
    // a lead who declares may be one of the two who agree: the other one is somebody else
    if (LEADS.stream().noneMatch(person::has)) {
      cases.requestedBy(said.caseId(), person, "emergency");
    }
    boolean forbidden = "FORBIDDEN".equals(runtime.getVariable(listening.get(0).getId(), "policyRoute"));
    glass.declare(said, person);
    Map<String, Object> how = Map.of("tier", said.onCallSilent() || forbidden ? 2 : 1);
    EngineTurn.take(() -> runtime.messageEventReceived(DECLARED, listening.get(0).getId(), how));
    return null;
  }

  private List<Execution> listening(String caseId) {
    return runtime.createExecutionQuery().processInstanceBusinessKey(caseId).messageEventSubscriptionName(DECLARED).list();
  }

  private boolean isIsolated(String caseId) {
    return runtime.createProcessInstanceQuery().processInstanceBusinessKey(caseId).processDefinitionKey("releaseHost").count() > 0;
  }

  private static void require(boolean holds, String code) {
    if (!holds) {
      throw new TaskRefusedException(code);
    }
  }
}
