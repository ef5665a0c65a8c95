package io.cordon.assets.register;

import io.cordon.assets.register.RegisterOutcome.Refusal;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes the register. Fields that nobody's safety hangs on change at once; safety fields wait for a second platform
 * administrator, and until then nothing of them is in force. Every changed field is evidence.
 */
public class RegisterChanges {
  private final AssetRegister register;
  private final ProposedChanges proposals;
  private final RegisterEvidence evidence;
  private final TransactionTemplate transaction;

  RegisterChanges(AssetRegister register, ProposedChanges proposals, RegisterEvidence evidence, TransactionTemplate transaction) {
    this.register = register;
    this.proposals = proposals;
    this.evidence = evidence;
    this.transaction = transaction;
  }

  /**
   * What came of a file.
   *
   * @param changeId what waits for a second person, or null when nothing does
   * @param applied fields that changed at once
   * @param waiting safety fields that change only when somebody else approves
   */
  public record Proposal(String changeId, List<FieldChange> applied, List<FieldChange> waiting) {}

  /**
   * Takes a file: changes at once what may, proposes the rest.
   *
   * @throws RegisterUnreadable when any part of the file is not taken; then nothing was changed
   */
  public Proposal propose(byte[] yaml, Person person) {
    List<WantedEntry> wanted = RegisterYaml.read(yaml);
    return transaction.execute(status -> propose(wanted, person));
  }

  private Proposal propose(List<WantedEntry> wanted, Person person) {
    Map<String, RegisterEntry> now = register.lock();
    List<FieldChange> changes = RegisterDifference.of(now, wanted);
    Set<String> added = arcIds(changes).stream().filter(id -> !now.containsKey(id)).collect(Collectors.toCollection(LinkedHashSet::new));
    List<FieldChange> atOnce = changes.stream().filter(change -> !change.field().isSafety()).toList();
    added.forEach(register::add);
    apply(atOnce, added);
    evidence.changed(atOnce, person, Map.of());
    List<FieldChange> waiting = changes.stream().filter(change -> change.field().isSafety()).map(this::onCurrentRevision).toList();
    return new Proposal(waiting.isEmpty() ? null : proposals.add(person, waiting), atOnce, waiting);
  }

  private FieldChange onCurrentRevision(FieldChange change) {
    int revision = register.find(change.arcId()).orElseThrow().revision();
    return new FieldChange(change.arcId(), change.field(), revision, change.from(), change.to());
  }

  private void apply(List<FieldChange> changes, Set<String> alsoRaised) {
    changes.forEach(register::set);
    Set<String> touched = arcIds(changes);
    touched.addAll(alsoRaised);
    touched.forEach(register::raise);
  }

  /** Puts a proposed change in force, when another platform administrator than the proposer says so; empty for no such change. */
  public Optional<RegisterOutcome> approve(String changeId, Person person) {
    return transaction.execute(status -> {
      Map<String, RegisterEntry> now = register.lock();
      return proposals.find(changeId).map(change -> approve(change, now, person));
    });
  }

  private RegisterOutcome approve(RegisterChange change, Map<String, RegisterEntry> now, Person person) {
    boolean proposer = change.proposedTid().equals(person.tid()) && change.proposedBy().equals(person.oid());
    Optional<Refusal> refusal = proposer ? Optional.of(Refusal.SAME_PERSON) : objection(change, person);
    if (refusal.isEmpty()) {
      refusal = outdated(change, now);
      refusal.ifPresent(why -> proposals.decide(change.id(), "STALE", person));
    }
    if (refusal.isPresent()) {
      evidence.refused(change.id(), refusal.get(), person);
      return refusal.get().outcome();
    }
    apply(change.lines(), Set.of());
    proposals.decide(change.id(), "APPROVED", person);
    evidence.changed(
        change.lines(), person, Map.of("change", change.id(), "proposedBy", change.proposedBy(), "proposedByTenant", change.proposedTid(), "approvedBy", person.oid()));
    return RegisterOutcome.APPROVED;
  }

  /** Takes a proposed change off the table; the proposer may too. Empty for no such change. */
  public Optional<RegisterOutcome> reject(String changeId, Person person) {
    return transaction.execute(status -> {
      register.lock();
      return proposals.find(changeId).map(change -> objection(change, person).map(Refusal::outcome).orElseGet(() -> {
        proposals.decide(changeId, "REJECTED", person);
        return RegisterOutcome.REJECTED;
      }));
    });
  }

  private static Optional<Refusal> objection(RegisterChange change, Person person) {
    if (!person.has(Role.PLATFORM_ADMIN)) {
      return Optional.of(Refusal.ROLE_MISSING);
    }
    return "PROPOSED".equals(change.state()) ? Optional.empty() : Optional.of(Refusal.ALREADY_DECIDED);
  }

  private static Optional<Refusal> outdated(RegisterChange change, Map<String, RegisterEntry> now) {
    if (change.lines().stream().anyMatch(line -> now.get(line.arcId()).revision() != line.baseRevision())) {
      return Optional.of(Refusal.STALE_REVISION);
    }
    boolean taken =
        change.lines().stream()
            .anyMatch(line -> line.field() == RegisterField.MDE_DEVICE_ID && RegisterDifference.isTaken(now, line.arcId(), line.to()));
    return taken ? Optional.of(Refusal.DEVICE_TAKEN) : Optional.empty();
  }

  /** The change with this id. */
  public Optional<RegisterChange> find(String changeId) {
    return proposals.find(changeId);
  }

  /** The changes that wait for a second person, the oldest first. */
  public List<RegisterChange> waiting() {
    return proposals.waiting();
  }

  private static Set<String> arcIds(List<FieldChange> changes) {
    return changes.stream().map(FieldChange::arcId).collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
