package io.cordon.playbook;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.platform.database.Again;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Protects a host in another way than by Defender: Clinical Ops is asked, then people change what is around it. */
@Component
public class Compensations {
  static final String WANTED = "cordon.compensationWanted";

  private final CaseBook cases;
  private final CaseTakeover takeover;
  private final TransactionTemplate transaction;

  Compensations(CaseBook cases, CaseTakeover takeover, PlatformTransactionManager transactions) {
    this.cases = cases;
    this.takeover = takeover;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Whether this person could start it on this case now. */
  public boolean isPossible(String caseId, Person person) {
    return person.has(Role.SOC_ANALYST) && isMachineKnown(caseId) && takeover.isPossible(caseId, WANTED);
  }

  /**
   * Starts it; the person who does so cannot approve it.
   *
   * @throws TaskRefusedException when this person may not, or the case's host is not known, is being acted on, may be or is isolated
   */
  public void start(String caseId, Person person) {
    TaskRefusedException.unless(person.has(Role.SOC_ANALYST), "TASK_OF_OTHERS");
    Again.transaction(transaction, () -> {
      TaskRefusedException.unless(isMachineKnown(caseId), "MACHINE_UNKNOWN");
      String listener = takeover.listener(caseId, WANTED);
      cases.requestedBy(caseId, person, "compensation");
      takeover.take(caseId, listener, WANTED, "COMPENSATION", Map.of());
      return caseId;
    });
  }

  private boolean isMachineKnown(String caseId) {
    return cases.find(caseId).map(CaseView::machineName).isPresent();
  }
}
