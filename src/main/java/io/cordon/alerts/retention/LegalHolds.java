package io.cordon.alerts.retention;

import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Legal holds: while one is in force, no material of its case, nor of one merged into it, is deleted. Both setting and lifting are evidence. */
@Service
public class LegalHolds {
  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;
  private final TransactionTemplate transaction;

  LegalHolds(JdbcClient jdbc, EvidenceLog evidence, Clock clock, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
    this.transaction = transaction;
  }

  /** A hold; times UTC, liftedAt null while it is in force. */
  public record Hold(String caseId, Instant setAt, HoldReason reason, String setOid, Instant liftedAt, String liftedOid) {}

  /** The holds of a case, oldest first. */
  public List<Hold> ofCase(String caseId) {
    return jdbc.sql("select case_id, set_at, reason, set_oid, lifted_at, lifted_oid from legal_hold where case_id = ? order by set_at")
        .param(caseId).query(Hold.class).list();
  }

  /** Sets a hold; returns whether it was not in force already. */
  public boolean set(String caseId, HoldReason reason, Person person, Role as) {
    try {
      transaction.executeWithoutResult(status -> {
        jdbc.sql("insert into legal_hold (case_id, set_at, reason, set_tid, set_oid) values (?, ?, ?, ?, ?)")
            .params(caseId, SqlTime.of(clock.instant()), reason.name(), person.tid(), person.oid()).update();
        prove(caseId, person, as, Map.of("what", "LEGAL_HOLD", "state", "SET", "reason", reason.name()));
      });
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  /** Lifts the hold in force; returns whether there was one. */
  public boolean lift(String caseId, Person person, Role as) {
    return Boolean.TRUE.equals(transaction.execute(status -> {
      int lifted = jdbc.sql("update legal_hold set lifted_at = ?, lifted_tid = ?, lifted_oid = ? where case_id = ? and lifted_at is null")
          .params(SqlTime.of(clock.instant()), person.tid(), person.oid(), caseId).update();
      if (lifted == 1) {
        prove(caseId, person, as, Map.of("what", "LEGAL_HOLD", "state", "LIFTED"));
      }
      return lifted == 1;
    }));
  }

  private void prove(String caseId, Person person, Role as, Map<String, Object> facts) {
    evidence.append(EvidenceEvent.ofCase(EvidenceType.CONFIG_CHANGED, caseId, new EvidenceActor(person.tid(), person.oid(), as.claim()), facts));
  }
}
