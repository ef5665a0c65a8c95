package io.cordon.gate.policy;

import io.cordon.evidence.Sha256;
import io.cordon.gate.policy.PolicyOutcome.Refusal;
import io.cordon.gate.policy.PolicyUnusable.Problem;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes the policy table: one platform administrator proposes it, another one brings it into force. Neither a restart nor
 * a newer shipped table changes what is in force. Every step is evidence.
 */
public class PolicyChanges {
  private static final int LARGEST = 1 << 20;

  private final PolicyBook book;
  private final PolicyModels models;
  private final PolicyEvidence evidence;
  private final TransactionTemplate transaction;

  PolicyChanges(PolicyBook book, PolicyModels models, PolicyEvidence evidence, TransactionTemplate transaction) {
    this.book = book;
    this.models = models;
    this.evidence = evidence;
    this.transaction = transaction;
  }

  /** What came of a file: it waits under this id for another administrator. */
  public record Proposal(String id, String sha256, int baseVersion, PolicyReview review) {}

  /**
   * Takes a changed table and reviews it against the one in force; nothing of it decides yet.
   *
   * @throws PolicyUnusable when it cannot be used or changes nothing
   */
  public Proposal propose(byte[] file, Person person) {
    PolicyTable table = read(file);
    String sha256 = Sha256.of(file);
    return transaction.execute(status -> {
      book.lock();
      PolicyInForce now = book.inForce().orElseThrow();
      if (now.sha256().equals(sha256)) {
        throw new PolicyUnusable(Problem.NOTHING_CHANGED, List.of(), null);
      }
      PolicyReview review = PolicyReview.of(table, tableInForce());
      String id = book.propose(file, sha256, now.version(), person);
      proposed(id, sha256, now, review, person);
      return new Proposal(id, sha256, now.version(), review);
    });
  }

  private PolicyTable read(byte[] file) {
    if (file.length > LARGEST) {
      throw new PolicyUnusable(Problem.TOO_LARGE, List.of(), null);
    }
    return models.read(file);
  }

  /** A stored table that is not the one agreed to decides nothing, so that every route is the strictest. */
  private PolicyTable tableInForce() {
    String agreed = book.inForce().orElseThrow().sha256();
    return book.contentInForce().filter(file -> Sha256.of(file).equals(agreed)).map(models::read).orElse(new PolicyTable(List.of()));
  }

  private void proposed(String id, String sha256, PolicyInForce now, PolicyReview review, Person person) {
    evidence.changed(
        "PROPOSED", id, sha256, person,
        Map.of("baseVersion", now.version(), "baseSha256", now.sha256(), "gaps", review.gaps().size(), "weaker", review.weaker().size()));
  }

  /** Brings a table into force, when another platform administrator than the proposer says so; empty for no such table. */
  public Optional<PolicyOutcome> approve(String id, Person person) {
    return transaction.execute(status -> {
      book.lock();
      return book.find(id).map(change -> approve(change, book.inForce().orElseThrow(), person));
    });
  }

  private PolicyOutcome approve(PolicyChange change, PolicyInForce now, Person person) {
    Optional<Refusal> refusal = objection(change, person);
    if (refusal.isEmpty() && change.proposedBy() == null) {
      return adopt(change, now, person);
    }
    if (refusal.isEmpty() && person.oid().equals(change.proposedBy()) && person.tid().equals(change.proposedTid())) {
      refusal = Optional.of(Refusal.SAME_PERSON);
    }
    if (refusal.isEmpty() && change.baseVersion() != now.version()) {
      book.decide(change.id(), "STALE", person);
      refusal = Optional.of(Refusal.STALE_VERSION);
    }
    if (refusal.isPresent()) {
      evidence.refused(change.id(), refusal.get(), person);
      return refusal.get().outcome();
    }
    int version = now.version() + 1;
    book.bringIntoForce(change.id(), version, person);
    book.deployed(models.deploy(book.contentInForce().orElseThrow()));
    evidence.changed(
        "IN_FORCE", change.id(), change.sha256(), person,
        Map.of("version", String.valueOf(version), "replacedSha256", now.sha256(), "proposedBy", change.proposedBy(), "proposedByTenant", change.proposedTid(),
            "approvedBy", person.oid()));
    return PolicyOutcome.IN_FORCE;
  }

  /** A table that came with the software has no proposer: the first who wants it becomes that. */
  private PolicyOutcome adopt(PolicyChange change, PolicyInForce now, Person person) {
    book.adopt(change.id(), now.version(), person);
    PolicyReview review = PolicyReview.of(models.read(book.content(change.id()).orElseThrow()), tableInForce());
    proposed(change.id(), change.sha256(), now, review, person);
    return PolicyOutcome.PROPOSED;
  }

  /** Takes a proposed table away; the proposer may too. Empty for no such table. */
  public Optional<PolicyOutcome> reject(String id, Person person) {
    return transaction.execute(status -> {
      book.lock();
      return book.find(id).map(change -> objection(change, person).map(Refusal::outcome).orElseGet(() -> {
        book.decide(id, "REJECTED", person);
        evidence.changed("REJECTED", id, change.sha256(), person, Map.of());
        return PolicyOutcome.REJECTED;
      }));
    });
  }

  private static Optional<Refusal> objection(PolicyChange change, Person person) {
    if (!person.has(Role.PLATFORM_ADMIN)) {
      return Optional.of(Refusal.ROLE_MISSING);
    }
    return "PROPOSED".equals(change.state()) ? Optional.empty() : Optional.of(Refusal.ALREADY_DECIDED);
  }

  /** The table that decides now; empty only before the first start is through. */
  public Optional<PolicyInForce> inForce() {
    return book.inForce();
  }

  /** The tables that wait for an administrator, the oldest first. */
  public List<PolicyChange> waiting() {
    return book.waiting();
  }

  /** The tables that are or were in force, the newest first, 50 at most. */
  public List<PolicyChange> versions() {
    return book.versions();
  }

  /** The table with this id. */
  public Optional<PolicyChange> find(String id) {
    return book.find(id);
  }

  /** The file of a table. */
  public Optional<byte[]> file(String id) {
    return book.content(id);
  }

  /** The file of the table in force. */
  public Optional<byte[]> fileInForce() {
    return book.contentInForce();
  }

  /** What there is to know about a table that waits, compared with the one in force at this moment. */
  public PolicyReview review(String id) {
    return PolicyReview.of(models.read(book.content(id).orElseThrow()), tableInForce());
  }
}
