package io.cordon.alerts;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Locks by name, so that whatever concerns one alert or one machine takes turns. */
final class NameLocks {
  private final JdbcClient jdbc;

  NameLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks these names until the transaction ends, always in the same order so that nobody waits in a ring. */
  void lock(Collection<String> names) {
    jdbc.sql(
            """
            select pg_advisory_xact_lock(key)
              from (select distinct hashtextextended(name, 7) as key from unnest(:names) as name order by key) ordered""")
        .param("names", names.toArray(String[]::new))
        .query((row, n) -> 0)
        .list();
  }
}
