package io.cordon.platform.database;

import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/** Does a whole transaction again when another one came first, so that a person's answer or an alert does not fail for it. */
public final class Again {
  private static final int TRIES = 5;

  private Again() {}

  /** What the transaction gave; after five tries what stopped it. */
  public static <T> T transaction(TransactionTemplate template, Supplier<T> deed) {
    for (int left = TRIES - 1; ; left--) {
      try {
        return template.execute(status -> deed.get());
      } catch (ConcurrencyFailureException e) {
        if (left == 0) {
          throw e;
        }
      }
    }
  }
}
