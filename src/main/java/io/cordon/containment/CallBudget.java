package io.cordon.containment;

import io.cordon.platform.time.SqlTime;
import io.micrometer.core.instrument.Counter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Shares out among all nodes the calls that Defender takes: 100 a minute and 1,500 an hour for isolate, for release and for
 * cancel (contract mde, section 2), here for the three together. A fifth is kept for release and cancel. While there are
 * not enough, whoever has the lowest rank goes first, and of one rank whoever waited longest.
 */
public class CallBudget {
  /** Rank of what must never wait behind an isolation. */
  public static final int FIRST = 0;

  static final int A_MINUTE = 100;
  static final int AN_HOUR = 1_500;
  /** Somewhat more than a minute, since a slow call and a fast one arrive closer together than they were let through. */
  static final Duration MINUTE = Duration.ofSeconds(62);
  static final Duration HOUR = Duration.ofMinutes(61);
  private static final Duration COME_BACK = Duration.ofSeconds(10);
  private static final Duration GONE = COME_BACK.multipliedBy(6);
  private static final long LOCK = 0x636f72646f6e6d64L;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Counter waits;

  CallBudget(JdbcClient jdbc, TransactionTemplate transaction, Clock clock, Counter waits) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
    this.waits = waits;
  }

  /**
   * Takes one call for a permit.
   *
   * @param rank {@link #FIRST} for a release or a cancellation, above it for an isolation
   * @return empty when the call may be made now; else after how long to ask again
   */
  public Optional<Duration> take(String permitId, int rank) {
    Optional<Duration> wait = transaction.execute(status -> takeInTurn(permitId, rank, clock.instant()));
    wait.ifPresent(some -> waits.increment());
    return wait;
  }

  private Optional<Duration> takeInTurn(String permitId, int rank, Instant now) {
    jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query((row, number) -> true).list();
    forget(now);
    if (ahead(permitId, rank, now) < left(rank, now)) {
      jdbc.sql("insert into mde_call (at) values (:now)").param("now", SqlTime.of(now)).update();
      jdbc.sql("delete from mde_call_waiting where permit_id = :permit").param("permit", permitId).update();
      return Optional.empty();
    }
    return Optional.of(COME_BACK);
  }

  private void forget(Instant now) {
    jdbc.sql("delete from mde_call where at <= :hour").param("hour", SqlTime.of(now.minus(HOUR))).update();
    jdbc.sql("delete from mde_call_waiting where seen <= :gone").param("gone", SqlTime.of(now.minus(GONE))).update();
  }

  /** Says that this permit waits; how many others go before it. */
  private int ahead(String permitId, int rank, Instant now) {
    jdbc.sql(
            """
            insert into mde_call_waiting (permit_id, rank, since, seen) values (:permit, :rank, :now, :now)
            on conflict (permit_id) do update set rank = :rank, seen = :now""")
        .param("permit", permitId)
        .param("rank", rank)
        .param("now", SqlTime.of(now))
        .update();
    return jdbc.sql(
            """
            select count(*) from mde_call_waiting w, mde_call_waiting me
             where me.permit_id = :permit and (w.rank, w.since, w.permit_id) < (me.rank, me.since, me.permit_id)""")
        .param("permit", permitId)
        .query(Integer.class)
        .single();
  }

  private int left(int rank, Instant now) {
    return jdbc.sql(
            """
            select least(:minutely - count(*) filter (where at > :minute), :hourly - count(*)) from mde_call""")
        .param("minutely", share(A_MINUTE, rank))
        .param("hourly", share(AN_HOUR, rank))
        .param("minute", SqlTime.of(now.minus(MINUTE)))
        .query(Integer.class)
        .single();
  }

  private static int share(int limit, int rank) {
    return rank == FIRST ? limit : limit - limit / 5;
  }
}
