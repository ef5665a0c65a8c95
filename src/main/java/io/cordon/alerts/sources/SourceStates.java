package io.cordon.alerts.sources;

import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** How the sources stand from which Cordon fetches alerts itself. */
@Service
public class SourceStates {
  private final JdbcClient jdbc;

  SourceStates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A source that was read at least once.
   *
   * @param lastOk when it was last read to its end, UTC; null if never
   * @param failures in a row since then
   * @param lastError code of the last of them; null without one
   */
  public record State(String name, Instant lastOk, int failures, String lastError) {}

  public List<State> now() {
    return jdbc.sql("select name, last_ok, failures, last_error from alert_source order by name limit 50")
        .query((row, number) -> new State(row.getString("name"), SqlTime.read(row, "last_ok"), row.getInt("failures"), row.getString("last_error"))).list();
  }
}
