package io.cordon.containment.late;

import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The permits that are still looked after although they ended. */
public class UnclearPermits {
  /** Defender keeps an action for three days (contract mde, section 3); a day more for those it shows late. */
  private static final Duration KEPT = Duration.ofDays(4);

  private final JdbcClient jdbc;
  private final Clock clock;

  UnclearPermits(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** How many there are. */
  int open() {
    return jdbc.sql("select count(*) from late_look where next_look is not null").query(Integer.class).single();
  }

  /** Notes those that ended lately. */
  void begin() {
    Instant now = clock.instant();
    jdbc.sql(
            """
            insert into late_look (permit_id, until, next_look)
            select p.id, p.sent_at + make_interval(secs => :kept), :now from execution_permit p
             where p.state in ('UNRESOLVED', 'NOT_SENT') and p.sends > 0 and p.settled_at > :since and p.action in ('ISOLATE', 'STOP_PROCESS')
               and not exists (select 1 from late_look l where l.permit_id = p.id)
             order by p.settled_at limit 100
            on conflict do nothing""")
        .param("kept", KEPT.toSeconds())
        .param("now", SqlTime.of(now))
        .param("since", SqlTime.of(now.minus(KEPT)))
        .update();
  }

  /** Takes those that are due, which puts their next look off, so that no other node takes them as well. */
  List<UnclearPermit> take(int most, Instant nextLook) {
    return jdbc.sql(
            """
            update late_look l set next_look = :next from execution_permit p
             where p.id = l.permit_id
               and l.permit_id in (select permit_id from late_look where next_look <= :now order by next_look limit :most for update skip locked)
            returning p.id, p.case_id, p.action, p.mde_device_id, p.mde_action_id, p.sent_at, p.settled_at, l.until""")
        .param("now", SqlTime.of(clock.instant()))
        .param("next", SqlTime.of(nextLook))
        .param("most", most)
        .query(UnclearPermit.class)
        .list();
  }

  void lookAgain(UnclearPermit permit, Instant at) {
    jdbc.sql("update late_look set next_look = :at where permit_id = :permit and next_look is not null")
        .param("at", SqlTime.of(at))
        .param("permit", permit.id())
        .update();
  }

  /** Nobody looks any more; false when somebody ended it before. */
  boolean end(UnclearPermit permit, String found) {
    return jdbc.sql("update late_look set next_look = null, found = :found where permit_id = :permit and next_look is not null")
            .param("found", found)
            .param("permit", permit.id())
            .update()
        == 1;
  }

  /** A person found that it was carried out and the case goes on from there; in the caller's transaction. */
  public void isOwned(String permitId) {
    jdbc.sql(
            """
            insert into late_look (permit_id, until, found) values (:permit, :now, 'OWNED')
            on conflict (permit_id) do update set next_look = null, found = 'OWNED'""")
        .param("permit", permitId)
        .param("now", SqlTime.of(clock.instant()))
        .update();
  }
}
