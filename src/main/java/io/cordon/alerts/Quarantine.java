package io.cordon.alerts;

import io.cordon.alerts.IntakeResult.Disposition;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceRef;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.sealed.SealedRef;
import io.cordon.platform.sealed.SealedStore;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where alerts go that cannot be read: sealed, with a reason, for the SOC to see. Nothing holds up the rest of a batch. */
public class Quarantine {
  private static final String NO_ID = "no-id-";
  private static final int MOST = 200;

  private final JdbcClient jdbc;
  private final SealedStore sealed;
  private final EvidenceLog evidence;
  private final Clock clock;

  Quarantine(JdbcClient jdbc, SealedStore sealed, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.sealed = sealed;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * The newest first.
   *
   * @param beforeId id of the last one of the page before, or null for the first page
   */
  public List<QuarantinedAlert> list(Long beforeId, int limit) {
    return jdbc.sql(
            """
            select seq as id, case when starts_with(system_alert_id, :none) then null else system_alert_id end as system_alert_id,
                   reason, received_at
              from alert
             where disposition = 'QUARANTINED' and (:before::bigint is null or seq < :before)
             order by seq desc limit :limit""")
        .param("none", NO_ID)
        .param("before", beforeId)
        .param("limit", Math.min(limit, MOST))
        .query(QuarantinedAlert.class)
        .list();
  }

  /** How many there are, at most a thousand. */
  public int count() {
    return jdbc.sql("select count(*) from (select 1 from alert where disposition = 'QUARANTINED' limit 1000) set_aside").query(Integer.class).single();
  }

  /** Sets an alert aside in the caller's transaction; one that was set aside before stays there once. */
  IntakeResult take(Optional<String> systemAlertId, byte[] raw, String reason) {
    String hash = sealed.fingerprint(raw);
    if (record(systemAlertId.orElse(NO_ID + hash.substring(0, 24)), hash, reason)) {
      SealedRef ref = sealed.seal(null, "alert", raw);
      evidence.append(
          new EvidenceEvent(
              EvidenceType.ALERT_QUARANTINED, null, null, Map.of("reason", reason), List.of(new EvidenceRef("alert", ref.sha256(), true))));
    }
    return new IntakeResult(systemAlertId.orElse(null), null, Disposition.QUARANTINED, reason);
  }

  private boolean record(String key, String hash, String reason) {
    return jdbc.sql(
                """
                insert into alert (system_alert_id, content_hash, disposition, reason, received_at)
                values (:id, :hash, 'QUARANTINED', :reason, :at) on conflict do nothing""")
            .param("id", key)
            .param("hash", hash)
            .param("reason", reason)
            .param("at", SqlTime.of(clock.instant()))
            .update()
        == 1;
  }
}
