package io.cordon.platform.database;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

/** A start without a database ends with one line that says so, not with a stack trace. */
final class DatabaseAwayAnalyzer implements FailureAnalyzer {
  private final Environment environment;

  DatabaseAwayAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  public FailureAnalysis analyze(Throwable failure) {
    return DatabaseAway.cause(failure).map(cause -> analysis(failure, cause)).orElse(null);
  }

  // The driver's own words may hold what was sent; the state says enough.
  private FailureAnalysis analysis(Throwable failure, SQLException cause) {
    String address = environment.getProperty("spring.datasource.url", "").replaceAll("\\?.*", "");
    return new FailureAnalysis(
        "Cordon did not start: the database at " + address + " cannot be used (SQL state " + cause.getSQLState() + ").",
        "Start PostgreSQL or correct spring.datasource.url, .username and .password, then start Cordon again. Nothing was done.",
        failure);
  }
}
