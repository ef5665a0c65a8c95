package io.cordon.playbook;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.gate.BreakGlass;
import io.cordon.gate.EmergencyReason;
import io.cordon.platform.database.Again;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.Map;
import java.util.Set;
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
  private final CaseTakeover takeover;
  private final TransactionTemplate transaction;

  Emergencies(CaseBook cases, BreakGlass glass, CaseTakeover takeover, PlatformTransactionManager transactions) {
    this.cases = cases;
    this.glass = glass;
    this.takeover = takeover;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Whether this person may declare one. */
  public static boolean mayDeclare(Person person) {
    return MAY_DECLARE.stream().anyMatch(person::has);
  }

  /** Whether one could be declared on this case now. */
  public boolean isPossible(String caseId) {
    return cases.find(caseId).map(CaseView::mdeDeviceId).isPresent() && takeover.isPossible(caseId, DECLARED);
  }

  /**
   * Declares an emergency.
   *
   * @param reasonCode an {@link EmergencyReason}
   * @param onCallSilent whether the clinical on-call cannot be reached, so that the executive stands in
   * @throws TaskRefusedException when this person may not, or the case's machine is not known, is being acted on, may be or is isolated
   */
  public void declare(String caseId, Person person, String reasonCode, boolean onCallSilent) {
    TaskRefusedException.unless(mayDeclare(person), "TASK_OF_OTHERS");
    TaskRefusedException.unless(EmergencyReason.isKnown(reasonCode), "INVALID_FIELDS");
    var said = new BreakGlass.Declaration(caseId, EmergencyReason.valueOf(reasonCode), onCallSilent);
    Again.transaction(transaction, () -> declare(said, person));
  }

  private String declare(BreakGlass.Declaration said, Person person) {
    CaseView about = cases.find(said.caseId()).orElseThrow();
    TaskRefusedException.unless(about.machineName() != null, "MACHINE_UNKNOWN");
    TaskRefusedException.unless(about.mdeDeviceId() != null, "NO_SENSOR");
    String listener = takeover.listener(said.caseId(), DECLARED);
    // a lead who declares may be one of the two who agree: the other one is somebody else
    if (LEADS.stream().noneMatch(person::has)) {
      cases.requestedBy(said.caseId(), person, "emergency");
    }
    boolean forbidden = "FORBIDDEN".equals(takeover.variable(listener, "policyRoute"));
    glass.declare(said, person);
    takeover.take(said.caseId(), listener, DECLARED, "EMERGENCY", Map.of("tier", said.onCallSilent() || forbidden ? 2 : 1));
    return said.caseId();
  }
}
