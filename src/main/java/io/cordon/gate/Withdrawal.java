package io.cordon.gate;

import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The SOC takes a request back: before an answer, before the window, or while Defender works on it. Never a release. */
public class Withdrawal {
  private final ApprovalRequests requests;
  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final PlaybookSignals playbooks;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Withdrawal(
      ApprovalRequests requests, JdbcClient jdbc, EvidenceLog evidence, PlaybookSignals playbooks, Clock clock, TransactionTemplate transaction) {
    this.requests = requests;
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.playbooks = playbooks;
    this.clock = clock;
    this.transaction = transaction;
  }

  /** Withdraws a request; when its action is already on its way, that is cancelled instead and the answer says so. */
  public DecisionOutcome withdraw(String approvalId, Person person, String reasonCode) {
    return Again.transaction(
        transaction, () -> requests.lock(approvalId).map(request -> withdraw(request, person, reasonCode)).orElseGet(() -> refused("UNKNOWN_REQUEST")));
  }

  private DecisionOutcome withdraw(ApprovalRequest request, Person person, String reasonCode) {
    if (!person.has(Role.SOC_ANALYST) && !person.has(Role.SECURITY_LEAD)) {
      return refused("ROLE_MISSING");
    }
    if (!request.state().isLive() && request.state() != ApprovalState.GRANTED) {
      return refused("ALREADY_DECIDED");
    }
    requests.end(request.id(), ApprovalState.WITHDRAWN, clock.instant());
    boolean tooLateToStop = inFlight(request.id());
    Role role = person.has(Role.SECURITY_LEAD) ? Role.SECURITY_LEAD : Role.SOC_ANALYST;
    evidence.append(
        new EvidenceEvent(
            EvidenceType.APPROVAL_WITHDRAWN,
            request.caseId(),
            new EvidenceActor(person.tid(), person.oid(), role.claim()),
            Map.of("approval", request.id(), "reason", ReasonCode.isKnown(reasonCode) ? reasonCode : "UNKNOWN", "inFlight", tooLateToStop),
            List.of()));
    playbooks.withdrawn(request, person);
    return tooLateToStop
        ? new DecisionOutcome(true, "CANCELLING", "The action was already on its way. Cordon cancels it and reports what became of it.")
        : new DecisionOutcome(true, "WITHDRAWN", "Withdrawn. Nothing is sent. The case stays open for the SOC.");
  }

  /** Stops an intent that nobody sent yet; the row decides who was first. */
  private boolean inFlight(String approvalId) {
    jdbc.sql("update execution_permit set state = 'WITHDRAWN' where approval_id = :id and state = 'INTENDED' and action = 'ISOLATE'")
        .param("id", approvalId)
        .update();
    return jdbc.sql("select count(*) from execution_permit where approval_id = :id and state in ('SENDING', 'SENT') and action = 'ISOLATE'")
            .param("id", approvalId)
            .query(Long.class)
            .single()
        > 0;
  }

  private static DecisionOutcome refused(String code) {
    return new DecisionOutcome(false, code, "The request cannot be withdrawn by you or no longer. Nothing was changed. Open the case to see its state.");
  }
}
