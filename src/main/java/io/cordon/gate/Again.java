package io.cordon.gate;

import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/** Does a whole transaction again when another one came first, so that a person's answer does not fail for it. */
final class Again {
  private static final int TRIES = 5;

  private Again() {}

  static <T> T transaction(TransactionTemplate template, Supplier<T> deed) {
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
