package io.cordon.containment;

import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Shares out among all nodes the live response sessions that Defender takes: 10 begun a minute, 25 at a time (contract mde, section 5.1). */
public class SessionBudget {
  static final int A_MINUTE = 10;
  static final int AT_ONCE = 25;
  private static final Duration MINUTE = CallBudget.MINUTE;
  private static final Duration COME_BACK = Duration.ofSeconds(10);
  private static final long LOCK = 0x636f72646f6e6c72L;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;

  SessionBudget(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Takes a session for a permit.
   *
   * @return empty when it may be begun now; else after how long to ask again
   */
  public Optional<Duration> take(String permitId) {
    return transaction.execute(status -> take(permitId, clock.instant()));
  }

  private Optional<Duration> take(String permitId, Instant now) {
    jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query((row, number) -> true).list();
    jdbc.sql("delete from mde_session where at <= :minute").param("minute", SqlTime.of(now.minus(MINUTE))).update();
    int begun = jdbc.sql("select count(*) from mde_session").query(Integer.class).single();
    int open =
        jdbc.sql("select count(*) from execution_permit where action = 'STOP_PROCESS' and state in ('SENDING', 'SENT') and settled_at is null")
            .query(Integer.class)
            .single();
    if (begun >= A_MINUTE || open >= AT_ONCE) {
      return Optional.of(COME_BACK);
    }
    jdbc.sql("insert into mde_session (permit_id, at) values (:permit, :now)").param("permit", permitId).param("now", SqlTime.of(now)).update();
    return Optional.empty();
  }
}
