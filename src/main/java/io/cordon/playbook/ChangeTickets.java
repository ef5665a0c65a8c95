package io.cordon.playbook;

import io.cordon.alerts.CaseBook;
import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceRef;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.platform.sealed.SealedStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The number that a change has in the hospital's ticket system, given on the case at any time before it closes: a machine that
 * comes back by plan asks nobody on its way. The number is sealed, since people type it.
 */
@Component
public class ChangeTickets {
  /** The longest that is taken, as in the forms. */
  public static final int LONGEST = 40;

  /** What stands in its entry of the log in the place of a task. */
  public static final String GIVEN = "changeTicket";

  private static final List<Role> GIVERS = List.of(Role.SOC_ANALYST, Role.SECURITY_LEAD);

  private final CaseBook cases;
  private final SealedStore sealed;
  private final EvidenceLog evidence;
  private final TransactionOperations transaction;

  ChangeTickets(CaseBook cases, SealedStore sealed, EvidenceLog evidence, TransactionOperations transaction) {
    this.cases = cases;
    this.sealed = sealed;
    this.evidence = evidence;
    this.transaction = transaction;
  }

  /** Whether this person is asked for it. */
  public static boolean mayGive(Person person) {
    return GIVERS.stream().anyMatch(person::has);
  }

  /** Whether one was given for this case, here or in a form. */
  public boolean isGiven(String caseId) {
    return sealed.ofCase(caseId).stream().anyMatch(item -> PlaybookTasks.CHANGE_TICKET.equals(item.kind()));
  }

  /**
   * Keeps the number; the last one counts when the case closes.
   *
   * @throws TaskRefusedException when the case is closed, or this is no number
   */
  public void give(String caseId, Person person, String number) {
    Role as = GIVERS.stream().filter(person::has).findFirst().orElseThrow(() -> new TaskRefusedException("TASK_OF_OTHERS"));
    String typed = number.strip();
    TaskRefusedException.unless(!typed.isEmpty() && typed.length() <= LONGEST, "INVALID_FIELDS");
    transaction.executeWithoutResult(status -> {
      // nobody closes it meanwhile
      cases.lockSeverity(caseId);
      TaskRefusedException.unless(cases.find(caseId).filter(one -> "OPEN".equals(one.state())).isPresent(), "NOT_NOW");
      String hash = sealed.seal(caseId, PlaybookTasks.CHANGE_TICKET, typed.getBytes(StandardCharsets.UTF_8)).sha256();
      evidence.append(new EvidenceEvent(EvidenceType.REVIEW_RECORDED, caseId, new EvidenceActor(person.tid(), person.oid(), as.claim()),
          Map.of("task", GIVEN), List.of(new EvidenceRef(PlaybookTasks.CHANGE_TICKET, hash, true))));
    });
  }
}
