package io.cordon.alerts.retention;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceRef;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.sealed.SealedPurge;
import io.cordon.platform.sealed.SealedPurge.Gone;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes sealed material whose time is over, each time in one transaction with the entry that says so. The entries that
 * refer to it stay, and so does every hash: the tree is as it was.
 */
@Component
public class MaterialPurge {
  /** Pieces that go with one entry of the log. */
  private static final int AT_ONCE = 200;

  private final JdbcClient jdbc;
  private final SealedPurge sealed;
  private final EvidenceLog evidence;
  private final RetentionProperties retention;
  private final Clock clock;
  private final TransactionTemplate transaction;

  MaterialPurge(
      JdbcClient jdbc, SealedPurge sealed, EvidenceLog evidence, RetentionProperties retention, Clock clock, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.sealed = sealed;
    this.evidence = evidence;
    this.retention = retention;
    this.clock = clock;
    this.transaction = transaction;
  }

  /** Deletes all that is due; at night, and safe on several nodes at once. */
  @Scheduled(cron = "${cordon.retention.at:0 40 3 * * *}")
  public void run() {
    Instant before = clock.instant().minus(retention.material());
    while (Boolean.TRUE.equals(transaction.execute(status -> someOfACase(before)))) {
      // until none is due
    }
    while (Boolean.TRUE.equals(transaction.execute(status -> gone(null, sealed.withoutCase(before, AT_ONCE), before)))) {
      // until none is due
    }
  }

  /** What a case was merged into is the same matter: a hold there keeps this case's material too. */
  private boolean someOfACase(Instant before) {
    Optional<String> due = jdbc.sql("""
            select c.id from incident_case c
             where c.state <> 'OPEN' and coalesce(c.closed_at, c.opened_at) < :before
               and exists (select from sealed_material s where s.case_id = c.id)
               and not exists (
                 with recursive goes_on(id) as (
                   select c.id union select m.merged_into from incident_case m join goes_on on m.id = goes_on.id where m.merged_into is not null)
                 select from goes_on join legal_hold h on h.case_id = goes_on.id where h.lifted_at is null)
             order by coalesce(c.closed_at, c.opened_at) limit 1 for update of c skip locked""")
        .param("before", SqlTime.of(before)).query(String.class).optional();
    return due.isPresent() && gone(due.get(), sealed.ofCase(due.get(), AT_ONCE), before);
  }

  private boolean gone(String caseId, List<Gone> pieces, Instant before) {
    if (pieces.isEmpty()) {
      return false;
    }
    List<EvidenceRef> refs = pieces.stream().map(piece -> new EvidenceRef(piece.kind(), piece.sha256(), true)).toList();
    evidence.append(new EvidenceEvent(EvidenceType.MATERIAL_PURGED, caseId, null,
        Map.of("what", caseId == null ? "WITHOUT_CASE" : "CASE", "count", pieces.size(), "before", before.toString(),
            "retentionDays", retention.material().toDays()), refs));
    return true;
  }
}
