package io.cordon.platform.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.springframework.transaction.TransactionSystemException;

/** Recognises failures behind which there is no database: not reached, shutting down, starting up or not letting us in. */
public final class DatabaseAway {
  private DatabaseAway() {}

  /** Whether this failure, whoever wrapped it, comes from a database that is away. */
  public static boolean caused(Throwable failure) {
    return cause(failure).isPresent();
  }

  static Optional<SQLException> cause(Throwable failure) {
    int depth = 0;
    for (Throwable cause = failure; cause != null && depth < 50; cause = next(cause), depth++) {
      if (cause instanceof SQLException sql && isAway(sql)) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  // A lost connection cannot be rolled back either, and that second failure hides the first.
  private static Throwable next(Throwable failure) {
    return failure instanceof TransactionSystemException hiding && hiding.getApplicationException() != null
        ? hiding.getApplicationException()
        : failure.getCause();
  }

  /** Class 08: connection; 28: not let in; 3D: no such database; 57P: operator intervention; 53300: too many connections. */
  private static boolean isAway(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return failure instanceof SQLTransientConnectionException || state.matches("08...|28...|3D...|57P0.|53300");
  }
}
