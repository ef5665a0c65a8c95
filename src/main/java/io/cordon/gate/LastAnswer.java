package io.cordon.gate;

import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceRef;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.clearance.ClearanceCheck;
import io.cordon.gate.clearance.ClinicalClearance;
import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.platform.database.Again;
import io.cordon.platform.people.Person;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes the answer to the last question: go on, which is bound into the decision, or stop, which ends it. */
public class LastAnswer {
  /** What can be said. */
  public enum Answer {
    /** Go on; the downtime procedure has started. */
    PROCEED,
    STOP;

    /** The answer of this name. */
    public static Optional<Answer> of(String name) {
      return Stream.of(values()).filter(answer -> answer.name().equals(name)).findFirst();
    }
  }

  private final ApprovalRequests requests;
  private final LastQuestionBook questions;
  private final ApprovalBasis basis;
  private final DecisionService decisions;
  private final ClinicalClearance clearance;
  private final MaintenanceWindows windows;
  private final PlaybookSignals playbooks;
  private final EvidenceLog evidence;
  private final Clock clock;
  private final TransactionTemplate transaction;

  LastAnswer(
      ApprovalRequests requests,
      LastQuestionBook questions,
      ApprovalBasis basis,
      DecisionService decisions,
      ClinicalClearance clearance,
      MaintenanceWindows windows,
      PlaybookSignals playbooks,
      EvidenceLog evidence,
      Clock clock,
      TransactionTemplate transaction) {
    this.requests = requests;
    this.questions = questions;
    this.basis = basis;
    this.decisions = decisions;
    this.clearance = clearance;
    this.windows = windows;
    this.playbooks = playbooks;
    this.evidence = evidence;
    this.clock = clock;
    this.transaction = transaction;
  }

  /** Takes an answer, or refuses it with the reason; a refusal is evidence and changes nothing else. */
  public DecisionOutcome answer(String approvalId, Answer answer, Person person) {
    Optional<ApprovalRequest> asked = requests.find(approvalId);
    if (asked.isEmpty()) {
      return DecisionOutcome.unknownRequest();
    }
    Standing standing = decisions.standing(asked.get(), person);
    return Again.transaction(transaction, () -> settle(requests.lock(approvalId).orElseThrow(), answer, standing));
  }

  private DecisionOutcome settle(ApprovalRequest request, Answer answer, Standing standing) {
    Person person = standing.person();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<LastQuestion> question = questions.find(request.id());
    Optional<DecisionOutcome> refusal = refusal(request, question, standing, now);
    if (refusal.isPresent()) {
      prove(EvidenceType.DECISION_REFUSED, request, person, Map.of("approval", request.id(), "refusal", refusal.get().code()), List.of());
      return refusal.get();
    }
    questions.answer(request.id(), answer.name(), person, now);
    if (answer == Answer.PROCEED) {
      goOn(request, question.orElseThrow(), person, now);
    } else {
      requests.end(request.id(), ApprovalState.REJECTED, now);
      Map<String, Object> facts = Map.of("approval", request.id(), "outcome", answer.name(), "again", true);
      prove(EvidenceType.APPROVAL_REJECTED, request, person, facts, decisions.name(request, person));
    }
    if (!playbooks.answeredAgain(requests.find(request.id()).orElseThrow(), person)) {
      throw new IllegalStateException("the playbook does not wait for an answer");
    }
    return decisions.taken(request, answer.name());
  }

  private Optional<DecisionOutcome> refusal(ApprovalRequest request, Optional<LastQuestion> question, Standing standing, Instant now) {
    Optional<DecisionOutcome> objection = decisions.objection(request, standing).or(() -> ofAnotherSide(request, standing.person()));
    if (objection.isPresent()) {
      return objection;
    }
    if (question.isEmpty() || question.get().answer() != null || request.state() != ApprovalState.GRANTED) {
      return Optional.of(refused(Refusal.ALREADY_DECIDED));
    }
    return question.get().isOpen(now) ? Optional.empty() : Optional.of(refused(Refusal.TOO_LATE));
  }

  /** Why this person cannot answer the last question of this request, or empty: the clinical side does, also where a second person agreed. */
  public Optional<DecisionOutcome> objection(ApprovalRequest request, Person person) {
    return decisions.objection(request, person).or(() -> ofAnotherSide(request, person));
  }

  private static Optional<DecisionOutcome> ofAnotherSide(ApprovalRequest request, Person person) {
    return person.roles().contains(request.approverRole()) ? Optional.empty() : Optional.of(refused(Refusal.ROLE_MISSING));
  }

  private static DecisionOutcome refused(Refusal refusal) {
    return new DecisionOutcome(false, refusal.name(), refusal.sentence());
  }

  /** The same window, on what is known now and with the downtime procedure started: another decision, with another hash. */
  private void goOn(ApprovalRequest request, LastQuestion question, Person person, Instant now) {
    var exact =
        new Decision(
            request.id(), request.requestRevision() + 1, Verdict.APPROVE, request.windowFrom(), request.windowTo(), request.backBy(),
            ProcedureImpact.DOWNTIME_PROCEDURE_STARTED, "THREAT_OUTWEIGHS_DOWNTIME", null, person,
            new Seen(null, clearance.newest(request.planId()).map(ClearanceCheck::id).orElse(null)), decisions.leftOut(request.id()));
    String hash = decisions.decisionHash(request, exact);
    requests.bind(request.id(), exact, hash);
    requests.raise(request.id());
    ApprovalRequest raised = requests.find(request.id()).orElseThrow();
    basis.keep(raised, exact.seen(), windows.zone());
    decisions.keep(raised, exact, Answer.PROCEED.name(), hash, now);
    Map<String, Object> facts = new HashMap<>();
    facts.put("approval", request.id());
    facts.put("requestRevision", raised.requestRevision());
    facts.put("outcome", Answer.PROCEED.name());
    facts.put("reason", question.reason());
    facts.put("decisionHash", hash);
    facts.put("replaces", request.decisionHash());
    facts.put("procedureImpact", ProcedureImpact.DOWNTIME_PROCEDURE_STARTED.name());
    prove(EvidenceType.APPROVAL_GRANTED, request, person, facts, decisions.name(request, person));
  }

  private void prove(EvidenceType type, ApprovalRequest request, Person person, Map<String, Object> facts, List<EvidenceRef> refs) {
    evidence.append(new EvidenceEvent(type, request.caseId(), new EvidenceActor(person.tid(), person.oid(), Actors.roleOf(person)), facts, refs));
  }
}
