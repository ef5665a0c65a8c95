package io.cordon.alerts;

import java.time.Duration;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Locks by name, so that whatever concerns one alert or one machine takes turns. */
final class NameLocks {
  private static final String IN_ORDER =
      "select pg_advisory_xact_lock(key) from (select distinct hashtextextended(name, 7) as key from unnest(:names) as name order by key) ordered";
  /** A burst of alerts makes tables large before PostgreSQL counts them again; a plan made for small ones would read them whole. */
  private static final String FOR_THE_INTAKE =
      "with settings as materialized (select set_config('lock_timeout', :patience, true), set_config('enable_seqscan', 'off', true)) " + IN_ORDER + ", settings";

  private final JdbcClient jdbc;

  NameLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks these names until the transaction ends, always in the same order so that nobody waits in a ring. */
  void lock(Collection<String> names) {
    lock(jdbc.sql(IN_ORDER), names);
  }

  /**
   * The same at the start of a transaction of the intake.
   *
   * @param patience the longest wait for any lock in it; zero for as long as it takes
   * @throws org.springframework.dao.CannotAcquireLockException when that was too short
   */
  void lockForIntake(Collection<String> names, Duration patience) {
    lock(jdbc.sql(FOR_THE_INTAKE).param("patience", patience.toMillis() + "ms"), names);
  }

  private static void lock(JdbcClient.StatementSpec statement, Collection<String> names) {
    statement.param("names", names.toArray(String[]::new)).query((row, n) -> 0).list();
  }
}
