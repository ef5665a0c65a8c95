package io.cordon.gate.explorer;

import io.cordon.containment.Containment;
import io.cordon.containment.mde.MachineAction;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalDesk;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.Decision;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.DecisionService;
import io.cordon.gate.ExecutionPermit;
import io.cordon.gate.PermitView;
import io.cordon.gate.LastAnswer;
import io.cordon.gate.LastLook;
import io.cordon.gate.PermitView;
import io.cordon.gate.Permits;
import io.cordon.gate.Plan;
import io.cordon.gate.PlanFacts;
import io.cordon.gate.Plans;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.Verdict;
import io.cordon.gate.Withdrawal;
import io.cordon.gate.clearance.ClinicalClearance;
import io.cordon.gate.clearance.PlayedFeed;
import io.cordon.gate.policy.Route;
import io.cordon.gate.policy.Route.Approvers;
import io.cordon.gate.policy.Route.Assurance;
import io.cordon.gate.policy.Route.Ladder;
import io.cordon.gate.policy.Route.Release;
import io.cordon.gate.policy.Route.Way;
import io.cordon.platform.people.Person;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.Work;
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One case at the gate: who can answer, what Defender took, what a sleeping node holds in its hands, what time it is. */
final class GateWorld {
  static final Instant START = Instant.parse("2026-03-01T02:00:00Z");
  static final Instant OPENS = START.plus(Duration.ofMinutes(10));
  static final Instant CLOSES = START.plus(Duration.ofMinutes(70));
  static final String CASE = "c-1";

  final DecisionService decisions;
  final ApprovalDesk desk;
  final ApprovalRequests requests;
  final Withdrawal withdrawal;
  final Permits permits;
  final Plans plans;
  final Containment containment;
  final ClinicalClearance clearance;
  final PlayedFeed feed;
  final LastLook lastLook;
  final LastAnswer lastAnswer;
  final OutsideWorld outside;
  final SettableClock clock;
  final GateOnly.DyingPlaybooks playbooks;
  final JdbcTemplate jdbc;
  final TransactionTemplate transaction;
  final List<ExecutionPermit> asleep = new ArrayList<>();
  /** What the gate said to the last answer; null when the last event was none. */
  DecisionOutcome said;
  /** Who must agree in this case. */
  Approvers approvers = Approvers.CLINICAL;
  /** Whether the last event could not even begin. */
  boolean nothingToDo;
  private final Map<String, TopicHandler> steps;

  GateWorld(ApplicationContext context) {
    decisions = context.getBean(DecisionService.class);
    desk = context.getBean(ApprovalDesk.class);
    requests = context.getBean(ApprovalRequests.class);
    withdrawal = context.getBean(Withdrawal.class);
    permits = context.getBean(Permits.class);
    plans = context.getBean(Plans.class);
    containment = context.getBean(Containment.class);
    clearance = context.getBean(ClinicalClearance.class);
    feed = context.getBean(PlayedFeed.class);
    lastLook = context.getBean(LastLook.class);
    lastAnswer = context.getBean(LastAnswer.class);
    outside = context.getBean(OutsideWorld.class);
    clock = context.getBean(SettableClock.class);
    playbooks = context.getBean(GateOnly.DyingPlaybooks.class);
    jdbc = context.getBean(JdbcTemplate.class);
    transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    steps =
        Stream.of("sendIsolation", "readBack", "poll", "cancel")
            .map(name -> context.getBean(name, TopicHandler.class))
            .collect(Collectors.toMap(TopicHandler::topic, Function.identity()));
  }

  /** What the database does not hold. */
  record Memory(Instant now, boolean busy, List<MachineAction> actions, List<ExecutionPermit> asleep) {}

  Memory memory() {
    return new Memory(clock.instant(), feed.busy, List.copyOf(outside.actions), List.copyOf(asleep));
  }

  void restore(Memory memory) {
    outside.reset();
    outside.actions.addAll(memory.actions());
    asleep.clear();
    asleep.addAll(memory.asleep());
    clock.set(memory.now());
    feed.busy = memory.busy();
    playbooks.die = false;
    said = null;
    nothingToDo = false;
  }

  static Person person(String oid, String role, String... groups) {
    return new Person("tenant", oid, oid, Set.of(role), Set.of(groups));
  }

  /** An answer to the question as it stands now. */
  void answer(Person person, Verdict verdict, Duration length) {
    newest().ifPresent(request -> answer(request, request.requestRevision(), person, verdict, length));
  }

  /** The same of somebody else; where nobody answered yet, it is the same whoever is the first. */
  void answerAfterAnother(Person person, Verdict verdict, Duration length) {
    ifThereIs(
        newest().filter(request -> request.requestRevision() > 1 || request.decisionHash() != null || !request.state().isLive()),
        request -> answer(request, request.requestRevision(), person, verdict, length));
  }

  /** An answer on the page that was opened at the very beginning. */
  void answerOnTheFirstPage(Person person, Verdict verdict, Duration length) {
    answer(requests.ofCase(CASE).get(0), 1, person, verdict, length);
  }

  /** A yes for this window. */
  void approve(Instant from, Instant to) {
    said = decisions.decide(decision(newest().orElseThrow(), 1, GateEvents.FIRST, Verdict.APPROVE, from, to));
  }

  private void answer(ApprovalRequest request, int revision, Person person, Verdict verdict, Duration length) {
    said = decisions.decide(decision(request, revision, person, verdict, start(), OPENS.plus(length)));
  }

  private static Decision decision(ApprovalRequest request, int revision, Person person, Verdict verdict, Instant from, Instant to) {
    return new Decision(
        request.id(), revision, verdict, from, to, to.plus(Duration.ofHours(7)), ProcedureImpact.NONE_RUNNING, "NO_PATIENT_IMPACT", null, person);
  }

  /** The window that was always wanted, or what is left of it. */
  private Instant start() {
    return clock.instant().isBefore(OPENS) ? OPENS : null;
  }

  void withdraw(Person person, String reason) {
    newest().ifPresent(request -> said = withdrawal.withdraw(request.id(), person, reason));
  }

  /** The request that was asked last. */
  Optional<ApprovalRequest> newest() {
    List<ApprovalRequest> all = requests.ofCase(CASE);
    return all.stream().filter(request -> request.state().isLive()).findFirst().or(() -> all.stream().max(Comparator.comparing(ApprovalRequest::id)));
  }

  /** Makes another plan and asks about it, showing the clearance; later than what was asked before, so that there is an order. */
  void ask() {
    clock.tick(Duration.ofMillis(1));
    transaction.executeWithoutResult(status -> {
      Plan plan = plan(CASE);
      clearance.check(plan.id());
      desk.ask(plan, 1, "process");
    });
  }

  /** A playbook looks again before it acts; what is worse than it was shown is asked. */
  void lookAgain() {
    ifThereIs(newest().filter(request -> request.state() == ApprovalState.GRANTED), request -> lastLook.look(request.id()));
  }

  /** An answer to the last question, whether there is one or not. */
  void answerLast(LastAnswer.Answer answer, Person person) {
    ifThereIs(newest().filter(request -> request.decisionHash() != null), request -> said = lastAnswer.answer(request.id(), answer, person));
  }

  /** The time to answer the last question passes. */
  void nobodyAnswersLast() {
    ifThereIs(newest().flatMap(lastLook::openQuestion), question -> {
      comes(question.answerDeadline());
      transaction.executeWithoutResult(status -> lastLook.expire(question.approvalId()));
    });
  }

  Plan plan(String caseId) {
    boolean two = approvers != Approvers.CLINICAL;
    Route asked =
        new Route(two ? Way.CLINICAL_AND_SECURITY : Way.CLINICAL_APPROVAL, true, approvers, two ? 2 : 1, Assurance.STEP_UP, 30, Ladder.STANDARD, 8, Release.BY_HAND);
    return plans.make(new PlanFacts(caseId, OutsideWorld.MACHINE, OutsideWorld.ARC, "pacs-gw-01", "PACS", asked, 1, (int) clock.millis()));
  }

  /** The time to answer passes; the next people are asked, if there are any. */
  void nobodyAnswers() {
    ifThereIs(newest().filter(request -> request.state().isLive()), request -> {
      comes(request.answerDeadline().plusMillis(1));
      transaction.executeWithoutResult(status -> {
        if (desk.expire(request.id())) {
          desk.ask(plans.find(request.planId()).orElseThrow(), 2, "process");
        }
      });
    });
  }

  /** Does something with what is there; without it the event cannot begin. */
  <T> void ifThereIs(Optional<T> thing, Consumer<T> deed) {
    nothingToDo = thing.isEmpty();
    thing.ifPresent(deed);
  }

  void expire(ApprovalRequest request) {
    transaction.execute(status -> desk.expire(request.id()));
  }

  /** Does it, and what comes after it, unless the first fails in the one way in which it may. */
  void fails(Class<? extends RuntimeException> expected, Runnable deed, Runnable... then) {
    try {
      deed.run();
      Stream.of(then).forEach(Runnable::run);
    } catch (RuntimeException e) {
      if (!expected.isInstance(e)) {
        throw e;
      }
    }
  }

  /** A playbook wants to act, whatever the state of the request; it may hold the wrong plan. */
  void intend(boolean planOfAnotherCase) {
    ifThereIs(newest().filter(request -> request.decisionHash() != null), request -> {
      String plan = planOfAnotherCase ? jdbc.queryForObject("select id from plan where case_id <> ?", String.class, CASE) : request.planId();
      transaction.executeWithoutResult(status -> permits.intend(request, plans.find(plan).orElseThrow()));
    });
  }

  /** The permit whose action is not settled, or the last one. */
  Optional<PermitView> permit() {
    List<PermitView> all = permits.ofCase(CASE);
    return all.stream().filter(permit -> permit.settledAt() == null).findFirst().or(() -> all.stream().max(Comparator.comparing(PermitView::id)));
  }

  /** Sends as the step of perform-action does; what was not sent is settled, as the step after it does. */
  void send() {
    ifThereIs(permit(), permit -> {
      if ("NOT_SENT".equals(step("mde.send", permit).get("sendOutcome"))) {
        transaction.executeWithoutResult(status -> permits.settle(permit.id(), "NOT_SENT", EvidenceType.ACTION_CANCELLED));
      }
    });
  }

  /** Watches or cancels what Defender took. */
  void follow(String topic) {
    ifThereIs(permit().filter(permit -> permit.mdeActionId() != null), permit -> step(topic, permit));
  }

  /** Does a step of perform-action as its worker would. */
  private Map<String, Object> step(String topic, PermitView permit) {
    return steps.get(topic).handle(new Work(CASE, "process", Map.of("permitId", permit.id(), "approvalId", permit.approvalId()), false));
  }

  /** A node may send and falls asleep before it calls. */
  void fallAsleep() {
    ifThereIs(permit().flatMap(permit -> permits.beginSending(permit.id())), asleep::add);
  }

  /** A sleeping node goes on where it was. */
  void wakeUp() {
    ifThereIs(asleep.stream().findFirst(), permit -> {
      asleep.remove(permit);
      Optional.ofNullable(containment.isolate(permit).mdeActionId()).ifPresent(action -> permits.accepted(permit.id(), action));
    });
  }

  /** The signer is played: the log has tests of its own. */
  void sign() {
    jdbc.execute(
        """
        insert into evidence_entry (seq, stage_id, case_id, type, leaf, leaf_hash)
          select coalesce((select max(seq) + 1 from evidence_entry), 0) + row_number() over (order by staged_order) - 1, id, case_id, type, body, sha256(body)
            from evidence_stage where state = 'STAGED';
        update evidence_stage set state = 'SEQUENCED', body = null where state = 'STAGED';
        insert into evidence_checkpoint (size, root, note, at)
          select max(seq) + 1, sha256(''), 'played', '2026-03-01' from evidence_entry having max(seq) is not null on conflict do nothing""");
  }

  void comes(Instant moment) {
    nothingToDo = !clock.instant().isBefore(moment);
    if (!nothingToDo) {
      clock.set(moment);
    }
  }

  /** A minute later somebody looks whether it arrived. */
  void readBack() {
    clock.tick(Duration.ofSeconds(61));
    ifThereIs(permit().filter(permit -> permit.state().equals("SENDING")), permit -> step("mde.readback", permit));
  }
}
