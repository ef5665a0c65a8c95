package io.cordon.alerts;

import io.cordon.alerts.IntakeResult.Disposition;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which alerts were seen. */
class AlertBook {
  /**
   * An alert that was seen before, or a copy of it that came through another outlet under another id.
   *
   * @param caseId the case its newest version is in
   * @param own whether it was seen under this id
   * @param same whether it was seen with this very content
   */
  record Seen(String caseId, boolean own, boolean same) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  AlertBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** What is known of an alert that is in a case; a quarantined one may be readable now. */
  Optional<Seen> seen(IncomingAlert alert, String contentHash) {
    return jdbc.sql(
            """
            select case_id, own, same from (
              (select case_id, true as own,
                      exists (select 1 from alert where system_alert_id = :id and content_hash = :hash and case_id is not null) as same
                 from alert where system_alert_id = :id and case_id is not null order by seq desc limit 1)
              union all
              (select case_id, false, false from alert where vendor_id = :vendor and case_id is not null order by seq desc limit 1)) known
             order by own desc limit 1""")
        .param("id", alert.systemAlertId())
        .param("hash", contentHash)
        .param("vendor", alert.vendorId().orElse(null))
        .query(Seen.class)
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
