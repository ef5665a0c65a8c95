package io.cordon.alerts;

import java.util.Collection;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Locks by name, so that whatever concerns one alert or one machine takes turns. */
final class NameLocks {
  private final JdbcClient jdbc;

  NameLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks these names until the transaction ends, always in the same order so that nobody waits in a ring. */
  void lock(Collection<String> names) {
    for (String name : new TreeSet<>(names)) {
      jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:name, 7))").param("name", name).query((row, n) -> 0).single();
    }
  }
}
