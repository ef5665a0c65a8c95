package io.cordon.gate;

import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.database.Again;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The SOC takes a request back: before an answer, before the window, or while Defender works on it. Never a release. */
public class Withdrawal {
  private static final String FALSE_POSITIVE = "FALSE_POSITIVE";
  private static final Set<String> FALSE_ALARMS = Set.of("FALSE_ALARM", FALSE_POSITIVE);

  private final ApprovalRequests requests;
  private final Plans plans;
  private final Permits permits;
  private final ApprovalHistory history;
  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final PlaybookSignals playbooks;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Withdrawal(
      ApprovalRequests requests, Plans plans, Permits permits, ApprovalHistory history, JdbcClient jdbc, EvidenceLog evidence, PlaybookSignals playbooks, Clock clock, TransactionTemplate transaction) {
    this.requests = requests;
    this.plans = plans;
    this.permits = permits;
    this.history = history;
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.playbooks = playbooks;
    this.clock = clock;
    this.transaction = transaction;
  }

  /** Withdraws a request; when its action is already on its way, that is cancelled instead and the answer says so. */
  public DecisionOutcome withdraw(String approvalId, Person person, String reasonCode) {
    return Again.transaction(
        transaction, () -> requests.lock(approvalId).map(request -> withdraw(request, person, reasonCode)).orElseGet(DecisionOutcome::unknownRequest));
  }

  private DecisionOutcome withdraw(ApprovalRequest request, Person person, String reasonCode) {
    Optional<Refusal> refusal = refusal(request, person);
    if (refusal.isPresent()) {
      prove(EvidenceType.DECISION_REFUSED, request, person, Map.of("approval", request.id(), "refusal", refusal.get().name()));
      return new DecisionOutcome(false, refusal.get().name(), refusal.get().sentence());
    }
    String reason = ReasonCode.isKnown(reasonCode) ? reasonCode : "UNKNOWN";
    if (takeBack(request, person, reason)) {
      return new DecisionOutcome(true, "CANCELLING", "The action was already on its way. Cordon cancels it and reports what became of it.");
    }
    if (history.wasActedOn(request.id())) {
      return new DecisionOutcome(true, "WITHDRAWN", "Withdrawn. Nothing more is sent. What was already done is not undone by that: open the case, a machine that is isolated is released there.");
    }
    return new DecisionOutcome(
        true,
        "WITHDRAWN",
        FALSE_ALARMS.contains(reason)
            ? "Withdrawn. Nothing is sent. As it was a false alarm, the case is closed."
            : "Withdrawn. Nothing is sent. The SOC is asked what to do instead.");
  }

  /**
   * Takes back what was asked in a case whose alerts turned out false, unless it was carried out; in the caller's
   * transaction. Never a release.
   */
  public void withdrawAsFalse(String caseId) {
    for (ApprovalRequest found : requests.ofCase(caseId)) {
      ApprovalRequest request = requests.lock(found.id()).orElseThrow();
      if (standing(request).isEmpty()) {
        takeBack(request, null, FALSE_POSITIVE);
      }
    }
  }

  /** Ends the request and stops what was not sent; returns whether something was on its way and is now cancelled. */
  private boolean takeBack(ApprovalRequest request, Person person, String reason) {
    requests.end(request.id(), ApprovalState.WITHDRAWN, clock.instant());
    boolean inFlight = inFlight(request.id());
    prove(
        EvidenceType.APPROVAL_WITHDRAWN, request, person, Map.of("approval", request.id(), "reason", reason, "inFlight", inFlight));
    playbooks.withdrawn(request, person, FALSE_ALARMS.contains(reason));
    return inFlight;
  }

  private Optional<Refusal> refusal(ApprovalRequest request, Person person) {
    if (!person.has(Role.SOC_ANALYST) && !person.has(Role.SECURITY_LEAD)) {
      return Optional.of(Refusal.ROLE_MISSING);
    }
    return standing(request);
  }

  /** Why the request can no longer be taken back, whoever asks. */
  private Optional<Refusal> standing(ApprovalRequest request) {
    if (!request.state().isLive() && request.state() != ApprovalState.GRANTED) {
      return Optional.of(Refusal.ALREADY_DECIDED);
    }
    // locked, so that an action cannot end between this look and the withdrawal
    long settled =
        jdbc.sql("select settled_at is not null from execution_permit where approval_id = :id and action in ('ISOLATE', 'STOP_PROCESS') for update")
            .param("id", request.id())
            .query(Boolean.class)
            .list()
            .stream()
            .filter(Boolean::booleanValue)
            .count();
    return settled > 0 && settled >= plans.approved(request.id()).size() ? Optional.of(Refusal.ALREADY_CARRIED_OUT) : Optional.empty();
  }

  private void prove(EvidenceType type, ApprovalRequest request, Person person, Map<String, Object> facts) {
    EvidenceActor actor = person == null ? null : new EvidenceActor(person.tid(), person.oid(), Actors.roleOf(person));
    evidence.append(new EvidenceEvent(type, request.caseId(), actor, facts, List.of()));
  }

  /** Stops an intent that nobody sent yet; the row decides who was first. What was never sent lets go of its machine at once. */
  private boolean inFlight(String approvalId) {
    jdbc.sql("update execution_permit set state = 'WITHDRAWN' where approval_id = :id and state = 'INTENDED' and action in ('ISOLATE', 'STOP_PROCESS') returning id, sends")
        .param("id", approvalId)
        .query((row, n) -> row.getInt("sends") == 0 ? row.getString("id") : null)
        .list()
        .stream()
        .filter(Objects::nonNull)
        .forEach(unsent -> permits.settle(unsent, "NOT_SENT", EvidenceType.ACTION_CANCELLED));
    return jdbc.sql("select count(*) from execution_permit where approval_id = :id and state in ('SENDING', 'SENT') and action in ('ISOLATE', 'STOP_PROCESS')")
            .param("id", approvalId)
            .query(Long.class)
            .single()
        > 0;
  }
}
