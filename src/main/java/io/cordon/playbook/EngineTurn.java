package io.cordon.playbook;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * A deed of the engine in somebody's transaction. When another step of the same playbook came first, the failure is one
 * that says so, and the transaction can be done again.
 */
final class EngineTurn {
  /** PostgreSQL: serialization failure and deadlock. */
  private static final Set<String> OTHERS_FIRST = Set.of("40001", "40P01");

  private EngineTurn() {}

  /** @throws ConcurrencyFailureException when the transaction may simply be done again */
  static void take(Runnable deed) {
    try {
      deed.run();
    } catch (ProcessEngineException e) {
      throw isOthersFirst(e) ? new OptimisticLockingFailureException("the playbook moved on meanwhile", e) : e;
    }
  }

  static boolean isOthersFirst(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(50).anyMatch(
        cause -> cause instanceof OptimisticLockingException || (cause instanceof SQLException sql && OTHERS_FIRST.contains(sql.getSQLState())));
  }
}
