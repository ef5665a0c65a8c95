package io.cordon.playbook;

import io.cordon.platform.database.DatabaseAway;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * A deed of the engine in somebody's transaction. When another step of the same playbook comes first, the engine fails in
 * one of many ways: besides the one named for it a foreign key, a parent that is gone and a null pointer were seen. None
 * can be told from a lasting fault by its looks, so the whole transaction is done again, and the last failure tells.
 */
final class EngineTurn {
  private EngineTurn() {}

  /** @throws ConcurrencyFailureException when the transaction may simply be done again */
  static void take(Runnable deed) {
    try {
      deed.run();
    } catch (RuntimeException e) {
      throw DatabaseAway.caused(e) ? e : new OptimisticLockingFailureException("the engine could not take this step at this moment", e);
    }
  }
}
