package io.cordon.gate;

import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceRef;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.gate.windows.WindowLimits;
import io.cordon.platform.database.Again;
import io.cordon.platform.people.Person;
import io.cordon.platform.sealed.SealedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionTemplate;

/** The one place where an answer becomes a decision, whichever way it came. */
public class DecisionService {
  private final ApprovalRequests requests;
  private final ApprovalDecisions decisions;
  private final ApprovalBasis basis;
  private final Plans plans;
  private final ApproverDirectory directory;
  private final DecisionEvidence log;
  private final PlaybookSignals playbooks;
  private final MaintenanceWindows windows;
  private final OutbreakBrake brake;
  private final GateProperties properties;
  private final Clock clock;
  private final TransactionTemplate transaction;

  DecisionService(
      ApprovalRequests requests,
      ApprovalDecisions decisions,
      ApprovalBasis basis,
      Plans plans,
      ApproverDirectory directory,
      SealedStore sealed,
      EvidenceLog evidence,
      PlaybookSignals playbooks,
      MaintenanceWindows windows,
      OutbreakBrake brake,
      GateProperties properties,
      Clock clock,
      TransactionTemplate transaction) {
    this.requests = requests;
    this.decisions = decisions;
    this.basis = basis;
    this.plans = plans;
    this.directory = directory;
    this.log = new DecisionEvidence(requests, decisions, basis, windows, sealed, evidence);
    this.playbooks = playbooks;
    this.windows = windows;
    this.brake = brake;
    this.properties = properties;
    this.clock = clock;
    this.transaction = transaction;
  }

  /** Takes an answer, or refuses it with the reason; a refusal is evidence and changes nothing else. */
  public DecisionOutcome decide(Decision decision) {
    Optional<ApprovalRequest> asked = requests.find(decision.approvalId());
    if (asked.isEmpty()) {
      return DecisionOutcome.unknownRequest();
    }
    // outside of the transaction: nobody else may have to wait for the directory
    Standing standing = standing(asked.get(), decision.person());
    Decision known = decision.by(standing.person());
    return Again.transaction(transaction, () -> settle(requests.lock(decision.approvalId()).orElseThrow(), known, standing.source()));
  }

  /** What is wrong with this answer, refused and recorded as {@link #decide} does; empty when it would be taken. Never takes it. */
  public Optional<DecisionOutcome> refusalOf(Decision decision) {
    Standing standing = standing(requests.find(decision.approvalId()).orElseThrow(), decision.person());
    Decision known = decision.by(standing.person());
    return Again.transaction(
        transaction, () -> refusalOf(requests.lock(decision.approvalId()).orElseThrow(), known, standing.source(), clock.instant().truncatedTo(ChronoUnit.MILLIS)));
  }

  /** Refuses an answer that holds what nobody asked, such as another machine: whoever sends one tries to change the question. */
  public DecisionOutcome refuseEdited(String approvalId, Person person) {
    return refuseUnread(approvalId, person, Refusal.EDITED);
  }

  /** Refuses an approval for which whoever took it is not sure enough of the person. */
  public DecisionOutcome refuseUnsure(String approvalId, Person person) {
    return refuseUnread(approvalId, person, Refusal.STEP_UP_NEEDED);
  }

  private DecisionOutcome refuseUnread(String approvalId, Person person, Refusal refusal) {
    var unread = new Decision(approvalId, 0, null, null, null, null, null, null, null, person);
    return transaction.execute(
        status -> requests.find(approvalId).map(request -> refuse(request, unread, refusal)).orElseGet(DecisionOutcome::unknownRequest));
  }

  /** Why this person could not answer this request, before they try; looking is not evidence. Empty when they could. */
  public Optional<DecisionOutcome> objection(ApprovalRequest request, Person person) {
    return objection(request, standing(request, person));
  }

  /** Who the person is now for this request. Asks outside. */
  Standing standing(ApprovalRequest request, Person person) {
    return directory.standing(person, request.clinicalService());
  }

  /** The name of whoever answered, sealed, for the entry that tells of the answer. */
  List<EvidenceRef> name(ApprovalRequest request, Person person) {
    return log.name(request, person);
  }

  Optional<DecisionOutcome> objection(ApprovalRequest request, Standing standing) {
    var unspoken = new Decision(request.id(), request.requestRevision(), null, null, null, null, null, null, null, standing.person());
    var question = question(request, unspoken, standing.source(), clock.instant());
    return ApproverRules.ALL.stream()
        .flatMap(rule -> rule.check(question).stream())
        .findFirst()
        .map(refusal -> new DecisionOutcome(false, refusal.name(), refusal.sentence(limits(request))));
  }

  /** Device ids of the machines that the yes of a request is not for. */
  public Set<String> leftOut(String approvalId) {
    return decisions.leftOut(approvalId);
  }

  private DecisionRules.Question question(ApprovalRequest request, Decision decision, Standing.Source vouching, Instant now) {
    return new DecisionRules.Question(
        request,
        decision,
        vouching,
        decisions.requesters(request.caseId()),
        properties.tenantId(),
        properties.clinicalServices().get(request.clinicalService()),
        windowRules(request, decision, now),
        plans.targets(request.planId()).stream().map(PlanTarget::mdeDeviceId).collect(Collectors.toSet()),
        now,
        plans.find(request.planId()).orElseThrow().isEmergency());
  }

  private WindowLimits limits(ApprovalRequest request) {
    return plans.find(request.planId()).orElseThrow().limits(windows.limits());
  }

  private DecisionRules.WindowRules windowRules(ApprovalRequest request, Decision decision, Instant now) {
    return new DecisionRules.WindowRules(
        limits(request), DecisionRules.away(decision, now).flatMap(away -> windows.blackout(request.clinicalService(), away)).stream().toList());
  }

  private DecisionOutcome settle(ApprovalRequest request, Decision decision, Standing.Source vouching) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return refusalOf(request, decision, vouching, now).orElseGet(() -> take(request, decision, vouching, now));
  }

  private Optional<DecisionOutcome> refusalOf(ApprovalRequest request, Decision decision, Standing.Source vouching, Instant now) {
    Optional<ApprovalDecisions.Taken> before = decisions.takenFrom(request.id(), decision);
    if (before.isPresent()) {
      return Optional.of(
          before.get().verdict() == decision.verdict()
              ? repeated(request, decision, before.get().outcome())
              : refuse(request, decision, Refusal.ALREADY_ANSWERED));
    }
    return DecisionRules.check(question(request, decision, vouching, now))
        .or(() -> unconfirmed(request, decision))
        .map(refusal -> refuse(request, decision, refusal));
  }

  /** With many machines of one service without network at once, a yes names their number. */
  private Optional<Refusal> unconfirmed(ApprovalRequest request, Decision decision) {
    int machines = decision.verdict() == Verdict.APPROVE ? machinesToConfirm(request) : 0;
    return machines == 0 || machines == decision.seen().machinesAtOnce() ? Optional.empty() : Optional.of(Refusal.MANY_AT_ONCE);
  }

  /** The number a yes to this request must confirm now; 0 when none. */
  public int machinesToConfirm(ApprovalRequest request) {
    return brake.machinesToConfirm(request, plans.find(request.planId()).orElseThrow());
  }

  private DecisionOutcome take(ApprovalRequest request, Decision decision, Standing.Source vouching, Instant now) {
    return switch (decision.verdict()) {
      case REJECT -> {
        requests.end(request.id(), ApprovalState.REJECTED, now);
        yield record(request, decision, vouching, now, EvidenceType.APPROVAL_REJECTED, "REJECTED", "");
      }
      case HOLD -> {
        requests.hold(request.id(), now.plus(Duration.ofMinutes(properties.holdMinutes())));
        decisions.leaveOut(request.id(), Set.of()); // what somebody chose before counts no more than their window
        yield record(request, decision, vouching, now, EvidenceType.APPROVAL_HELD, "HELD", "");
      }
      case APPROVE -> approve(request, decision, vouching, now);
    };
  }

  private DecisionOutcome approve(ApprovalRequest request, Decision decision, Standing.Source vouching, Instant now) {
    String hash = request.decisionHash();
    Plan plan = plans.find(request.planId()).orElseThrow();
    boolean binds = plan.isEmergency() ? hash == null : decision.person().roles().contains(request.approverRole());
    if (binds) {
      Decision exact = plan.isEmergency() ? atOnce(decision, plan, now) : decision.inMillis(now);
      hash = DecisionHash.of(plan, exact);
      requests.bind(request.id(), exact, hash);
      if (!plan.isEmergency()) {
        basis.keep(request, decision.seen(), windows.zone());
      }
      decisions.leaveOut(request.id(), exact.leftOut());
    }
    List<Quorum.Yes> yeses = new ArrayList<>(decisions.yeses(request));
    yeses.add(new Quorum.Yes(decision.person().tid(), decision.person().oid(), DecisionEvidence.actingRole(request, decision)));
    if (!Quorum.isReached(yeses, request.quorum())) {
      return record(request, decision, vouching, now, EvidenceType.APPROVAL_GRANTED, "WAITS_FOR_SECOND", hash);
    }
    requests.end(request.id(), ApprovalState.GRANTED, now);
    return record(request, decision, vouching, now, EvidenceType.APPROVAL_GRANTED, "GRANTED", hash);
  }

  /** What an emergency means, whatever was asked for: from now on, for as long as the settings and the plan say. */
  private Decision atOnce(Decision decision, Plan plan, Instant now) {
    return new Decision(
        decision.approvalId(), decision.requestRevision(), decision.verdict(), now, now.plus(properties.emergencyWindow()),
        now.plus(Duration.ofHours(plan.maxIsolationHours())),
        decision.procedureImpact() == null ? ProcedureImpact.NOT_STATED : decision.procedureImpact(),
        decision.reasonCode(), decision.comment(), decision.person());
  }

  private DecisionOutcome record(
      ApprovalRequest request, Decision decision, Standing.Source vouching, Instant now, EvidenceType type, String outcome, String hash) {
    decisions.insert(request, decision, DecisionEvidence.actingRole(request, decision), outcome, hash, now);
    log.taken(request, decision, vouching, type, outcome, hash);
    if ("WAITS_FOR_SECOND".equals(outcome)) {
      playbooks.waitsForSecond(request);
    } else {
      playbooks.answered(requests.find(request.id()).orElseThrow(), decision.person());
    }
    return taken(request, outcome);
  }

  /** What a person is told whose answer was taken. */
  DecisionOutcome taken(ApprovalRequest request, String outcome) {
    Plan plan = plans.find(request.planId()).orElseThrow();
    return new DecisionOutcome(true, outcome, Outcomes.sentence(outcome, plan, ApprovalDesk.asksOthersNext(request, plan)));
  }

  private DecisionOutcome repeated(ApprovalRequest request, Decision decision, String outcome) {
    log.refused(request, decision, "REPEATED");
    return new DecisionOutcome(true, outcome, "Your answer was already recorded. Nothing changed.");
  }

  private DecisionOutcome refuse(ApprovalRequest request, Decision decision, Refusal refusal) {
    log.refused(request, decision, refusal.name());
    String sentence = refusal.sentence(limits(request));
    return new DecisionOutcome(
        false, refusal.name(), refusal == Refusal.MANY_AT_ONCE ? sentence.replace("{machines}", String.valueOf(machinesToConfirm(request))) : sentence);
  }

  /** Keeps an answer that was taken elsewhere in the gate. */
  void keep(ApprovalRequest request, Decision decision, String outcome, String hash, Instant at) {
    decisions.insert(request, decision, DecisionEvidence.actingRole(request, decision), outcome, hash, at);
  }

  String decisionHash(ApprovalRequest request, Decision decision) {
    return DecisionHash.of(plans.find(request.planId()).orElseThrow(), decision);
  }
}
