package io.cordon.alerts;

import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens a case on a machine although no alert came, because an analyst wants one. It goes the way of every case: the machine
 * is proved, the policy chooses the route, the gate asks. Whoever opened it cannot approve anything in it.
 */
public class CaseOpening {
  private static final String DEED = "OPENED_CASE";

  private final CaseBook cases;
  private final NameLocks locks;
  private final PlaybookStarter playbooks;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;

  CaseOpening(CaseBook cases, NameLocks locks, PlaybookStarter playbooks, EvidenceLog evidence, TransactionTemplate transaction) {
    this.cases = cases;
    this.locks = locks;
    this.playbooks = playbooks;
    this.evidence = evidence;
    this.transaction = transaction;
  }

  /**
   * The case of a machine.
   *
   * @param isNew whether it was opened just now
   */
  public record Opened(String caseId, boolean isNew) {}

  /**
   * Case, who asked, evidence and the start of the playbook commit together.
   *
   * @param arcId id of the machine in Azure Arc, of an entry of the register
   * @return the new case, or the open one in which somebody works on the machine already; that one is left as it is
   * @throws IllegalArgumentException when the person is no analyst
   */
  public Opened open(String arcId, Person person) {
    if (!person.has(Role.SOC_ANALYST)) {
      throw new IllegalArgumentException("only an analyst opens a case");
    }
    return transaction.execute(status -> openOnce("arc:" + arcId.toLowerCase(Locale.ROOT), person));
  }

  private Opened openOnce(String alias, Person person) {
    locks.lock(List.of(alias));
    Optional<String> there = cases.workingCaseNamed(alias, playbooks::working);
    if (there.isPresent()) {
      return new Opened(there.get(), false);
    }
    String id = cases.openByHand(alias);
    cases.requestedBy(id, person, DEED);
    evidence.append(EvidenceEvent.ofCase(EvidenceType.CASE_OPENED, id, new EvidenceActor(person.tid(), person.oid(), Role.SOC_ANALYST.claim()), Map.of()));
    playbooks.caseOpened(id);
    return new Opened(id, true);
  }
}
