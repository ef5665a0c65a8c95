package io.cordon.platform.database;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionOperations;

/** Does a whole transaction again when another one came first, so that a person's answer or an alert does not fail for it. */
public final class Again {
  private static final int TRIES = 5;

  private Again() {}

  /** What the transaction gave; after five tries what stopped it. */
  public static <T> T transaction(TransactionOperations template, Supplier<T> deed) {
    return trying(ConcurrencyFailureException.class, () -> template.execute(status -> deed.get()));
  }

  /** Does what is complete in itself again while it fails in this way, each time after a short pause; five times at most. */
  public static <T> T trying(Class<? extends RuntimeException> failure, Supplier<T> deed) {
    for (int tried = 1; ; tried++) {
      try {
        return deed.get();
      } catch (RuntimeException e) {
        if (tried == TRIES || !failure.isInstance(e)) {
          throw e;
        }
        // two that met once are not to meet again at the same distance
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(10L * tried)));
      }
    }
  }
}
