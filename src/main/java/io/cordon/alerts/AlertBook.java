package io.cordon.alerts;

import io.cordon.alerts.IntakeResult.Disposition;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which alerts were seen. */
class AlertBook {
  /**
   * An alert that was seen before.
   *
   * @param caseId the case its newest version is in
   * @param same whether it was seen with this very content
   */
  record Seen(String caseId, boolean same) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  AlertBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** What is known of an alert that is in a case; a quarantined one may be readable now. */
  Optional<Seen> seen(String systemAlertId, String contentHash) {
    return jdbc.sql(
            """
            select case_id, exists (select 1 from alert where system_alert_id = :id and content_hash = :hash and case_id is not null) as same
              from alert where system_alert_id = :id and case_id is not null order by seq desc limit 1""")
        .param("id", systemAlertId)
        .param("hash", contentHash)
        .query(Seen.class)
        .optional();
  }

  /** The case of another copy of the same detection, which came through another outlet under another id. */
  Optional<String> caseOfCopy(String vendorId) {
    return jdbc.sql("select case_id from alert where vendor_id = :id and case_id is not null order by seq desc limit 1")
        .param("id", vendorId)
        .query(String.class)
        .optional();
  }

  /** Whether every detection of a case was closed as false positive, each by its latest version whatever way it came. */
  boolean onlyFalsePositives(String caseId) {
    return jdbc.sql(
            """
            select coalesce(bool_and(false_positive), false)
              from (select distinct on (coalesce(vendor_id, system_alert_id)) false_positive from alert
                     where case_id = :case order by coalesce(vendor_id, system_alert_id), seq desc) latest""")
        .param("case", caseId)
        .query(Boolean.class)
        .single();
  }

  /** Records an alert that is in a case, be it one that could not be read before. */
  void record(IncomingAlert alert, String contentHash, String caseId, Disposition disposition) {
    jdbc.sql(
            """
            insert into alert (system_alert_id, content_hash, vendor_id, case_id, disposition, severity, false_positive, received_at)
            values (:id, :hash, :vendor, :case, :disposition, :severity, :false, :at)
            on conflict (system_alert_id, content_hash) do update
               set seq = default, vendor_id = excluded.vendor_id, case_id = excluded.case_id, disposition = excluded.disposition,
                   reason = null, severity = excluded.severity, false_positive = excluded.false_positive, received_at = excluded.received_at""")
        .param("id", alert.systemAlertId())
        .param("hash", contentHash)
        .param("vendor", alert.vendorId().orElse(null))
        .param("case", caseId)
        .param("disposition", disposition.name())
        .param("severity", alert.severity())
        .param("false", alert.falsePositive())
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }
}
