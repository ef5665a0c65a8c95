package io.cordon.gate.policy;

import io.cordon.evidence.Sha256;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives the engine, at every start, the table that is in force; the shipped one only when there was none ever. */
public class PolicyStart {
  private static final Logger log = LoggerFactory.getLogger(PolicyStart.class);

  private final PolicyBook book;
  private final PolicyModels models;
  private final PolicyEvidence evidence;
  private final TransactionTemplate transaction;

  PolicyStart(PolicyBook book, PolicyModels models, PolicyEvidence evidence, TransactionTemplate transaction) {
    this.book = book;
    this.models = models;
    this.evidence = evidence;
    this.transaction = transaction;
  }

  /**
   * Begins with the table in force. A shipped one that is new waits for two administrators.
   *
   * @throws PolicyUnusable when the shipped table itself is not one
   */
  public void begin(byte[] shipped) {
    PolicyReview.check(models.read(shipped));
    transaction.executeWithoutResult(status -> {
      book.lock();
      Optional<PolicyInForce> before = book.inForce();
      String sha256 = Sha256.of(shipped);
      if (before.isEmpty()) {
        String id = book.propose(shipped, sha256, 0, null);
        book.bringIntoForce(id, 1, null);
        evidence.changed("IN_FORCE", id, sha256, null, Map.of("version", "1"));
      } else if (!book.isKnown(sha256)) {
        String id = book.propose(shipped, sha256, before.get().version(), null);
        evidence.changed("SHIPPED", id, sha256, null, Map.of("baseVersion", before.get().version()));
        log.warn("This release brings another policy table. It decides nothing until two administrators put it in force on the page /policy");
      }
      deploy();
    });
  }

  private void deploy() {
    byte[] file = book.contentInForce().orElseThrow();
    PolicyInForce now = book.inForce().orElseThrow();
    if (!Sha256.of(file).equals(now.sha256())) {
      log.error("The stored policy table is not the one that was agreed to. Until another one is put in force every route is the strictest");
      book.deployed(null);
    } else if (now.decisionId() == null || !models.holds(now.decisionId())) {
      book.deployed(models.deploy(file));
    }
  }
}
