package io.cordon.alerts;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Locks by name, so that whatever concerns one alert or one machine takes turns. */
final class NameLocks {
  private static final String IN_ORDER = "pg_advisory_xact_lock(key) from (select distinct hashtextextended(name, 7) as key from unnest(:names) as name order by key) ordered";
  /** Shorter than the second after which PostgreSQL looks for deadlocks. */
  private static final String SHORTLY = "set_config('lock_timeout', '500ms', true), ";

  private final JdbcClient jdbc;

  NameLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks these names until the transaction ends, always in the same order so that nobody waits in a ring. */
  void lock(Collection<String> names) {
    lock("select " + IN_ORDER, names);
  }

  /**
   * The same for a transaction behind which others wait: it waits for no lock longer than half a second.
   *
   * @throws org.springframework.dao.CannotAcquireLockException when that was too short
   */
  void lockShortly(Collection<String> names) {
    lock("select " + SHORTLY + IN_ORDER, names);
  }

  private void lock(String sql, Collection<String> names) {
    jdbc.sql(sql).param("names", names.toArray(String[]::new)).query((row, n) -> 0).list();
  }
}
