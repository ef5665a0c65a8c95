package io.cordon.alerts;

import io.cordon.alerts.IntakeResult.Disposition;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which alerts were seen, and the locks that make two copies of one alert take turns. */
class AlertBook {
  /** A version of an alert that was seen before. */
  record Seen(String contentHash, String caseId) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  AlertBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Locks these names until the transaction ends, always in the same order so that nobody waits in a ring. */
  void lock(Collection<String> names) {
    for (String name : new TreeSet<>(names)) {
      jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:name, 7))").param("name", name).query((row, n) -> 0).single();
    }
  }

  /** The versions of an alert that are in a case, the newest first; a quarantined one may be readable now. */
  List<Seen> seen(String systemAlertId) {
    return jdbc.sql("select content_hash, case_id from alert where system_alert_id = :id and case_id is not null order by received_at desc")
        .param("id", systemAlertId)
        .query(Seen.class)
        .list();
  }

  void record(String systemAlertId, String contentHash, Optional<String> caseId, Disposition disposition, String reason, String severity) {
    jdbc.sql(
            """
            insert into alert (system_alert_id, content_hash, case_id, disposition, reason, severity, received_at)
            values (:id, :hash, :case, :disposition, :reason, :severity, :at) on conflict do nothing""")
        .param("id", systemAlertId)
        .param("hash", contentHash)
        .param("case", caseId.orElse(null))
        .param("disposition", disposition.name())
        .param("reason", reason)
        .param("severity", severity)
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }
}
