package io.cordon.evidence;

import io.cordon.platform.database.DatabaseAway;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Moves committed events into the signed log. Safe to call from many threads and many nodes. */
public final class EvidencePump {
  private static final int MOST_CAUSES = 5;

  private final Sequencer sequencer;
  private final Checkpointer checkpointer;
  private final TransactionTemplate transaction;
  private boolean prepared;
  private volatile String halted;

  EvidencePump(Sequencer sequencer, Checkpointer checkpointer, TransactionTemplate transaction) {
    this.sequencer = sequencer;
    this.checkpointer = checkpointer;
    this.transaction = transaction;
  }

  /**
   * Sequences and signs everything committed before this call.
   *
   * @throws EvidenceHaltedException if the log does not continue what was signed before
   * @throws java.io.UncheckedIOException if the signer's memory cannot be read or written
   * @throws IllegalStateException if called inside a transaction, whose own events could not be seen yet
   */
  public void flush() {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("commit first, then flush the evidence");
    }
    pump();
  }

  /** Why nothing is signed, until a flush succeeds again; empty when all is well. */
  public Optional<String> halted() {
    return Optional.ofNullable(halted);
  }

  // One at a time per node, so that waiting callers do not each hold a database connection.
  private synchronized void pump() {
    try {
      if (!prepared) {
        transaction.executeWithoutResult(status -> checkpointer.prepare());
        prepared = true;
      }
      sequencer.sequenceAll();
      transaction.executeWithoutResult(status -> checkpointer.sign());
      halted = null;
    } catch (EvidenceHaltedException e) {
      halted = e.getMessage();
      throw e;
    } catch (RuntimeException e) {
      // what passes with the database is told elsewhere; where it lasts the pace of the log shows it
      if (!DatabaseAway.caused(e) && !(e instanceof TransientDataAccessException)) {
        halted = "evidence signer failed: " + kinds(e);
      }
      throw e;
    }
  }

  /** Never the messages, which others wrote. */
  private static String kinds(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES)
        .map(one -> one.getClass().getSimpleName()).collect(Collectors.joining(", "));
  }
}
