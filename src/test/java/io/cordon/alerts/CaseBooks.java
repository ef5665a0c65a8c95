package io.cordon.alerts;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The book of cases on a bare database, for tests of other packages. */
public final class CaseBooks {
  private CaseBooks() {}

  public static CaseBook on(JdbcClient jdbc, Clock clock) {
    return new CaseBook(jdbc, clock);
  }
}
