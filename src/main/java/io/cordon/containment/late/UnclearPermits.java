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
    return jdbc.sql("select count(*) from late_look where next_look is not null or look_beside is not null").query(Integer.class).single();
  }

  /** Notes those that ended lately: without a known result, or after a second send, whose first may still turn up. */
  void begin() {
    Instant now = clock.instant();
    jdbc.sql(
            """
            insert into late_look (permit_id, until, next_look, look_beside)
            select p.id, p.sent_at + make_interval(secs => :kept),
                   case when p.state in ('UNRESOLVED', 'NOT_SENT') then :now::timestamptz end,
                   case when p.state not in ('UNRESOLVED', 'NOT_SENT') then :now::timestamptz end
              from execution_permit p
             where (p.state in ('UNRESOLVED', 'NOT_SENT') and p.sends > 0 or p.sends > 1 and p.settled_at is not null)
               and p.settled_at > :since and p.action in ('ISOLATE', 'STOP_PROCESS')
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
            update late_look l
               set next_look = case when l.next_look is not null then :next::timestamptz end,
                   look_beside = case when l.look_beside is not null then :next::timestamptz end
              from execution_permit p
             where p.id = l.permit_id
               and l.permit_id in (select permit_id from late_look where next_look <= :now or look_beside <= :now
                                    order by coalesce(next_look, look_beside) limit :most for update skip locked)
            returning p.id, p.case_id, p.action, p.state, p.sends, p.mde_device_id, p.mde_action_id, p.sent_at, p.settled_at, l.until,
              coalesce(l.found = 'OWNED', false) as owned""")
        .param("now", SqlTime.of(clock.instant()))
        .param("next", SqlTime.of(nextLook))
        .param("most", most)
        .query(UnclearPermit.class)
        .list();
  }

  void lookAgain(UnclearPermit permit, Instant at) {
    jdbc.sql(
            """
            update late_look set next_look = case when next_look is not null then :at::timestamptz end,
                   look_beside = case when look_beside is not null then :at::timestamptz end
             where permit_id = :permit""")
        .param("at", SqlTime.of(at))
        .param("permit", permit.id())
        .update();
  }

  /** Nobody looks any more; false when somebody ended it before. */
  boolean end(UnclearPermit permit, String found) {
    return jdbc.sql(
                """
                update late_look set next_look = null, look_beside = null, found = :found
                 where permit_id = :permit and (next_look is not null or look_beside is not null)""")
            .param("found", found)
            .param("permit", permit.id())
            .update()
        == 1;
  }

  /** Whether this action under the permit is new to those found late; in the caller's transaction. */
  boolean isNews(UnclearPermit permit, String mdeActionId) {
    return jdbc.sql("insert into late_found (permit_id, mde_action_id) values (:permit, :action) on conflict do nothing")
            .param("permit", permit.id())
            .param("action", mdeActionId)
            .update()
        == 1;
  }

  /** Whether the release of what was isolated under this permit was asked for by then. */
  boolean isReleaseIntended(UnclearPermit permit, Instant by) {
    return jdbc.sql(
            """
            select exists (select 1 from execution_permit i join execution_permit u on u.approval_id = i.approval_id and u.target_ordinal = i.target_ordinal
                            where i.id = :permit and u.action = 'UNISOLATE' and u.intended_at <= :by)""")
        .param("permit", permit.id())
        .param("by", SqlTime.of(by))
        .query(Boolean.class)
        .single();
  }

  /**
   * A person found that it was carried out and the case goes on from there; what Defender still has of an isolation is looked
   * after all the same. In the caller's transaction.
   */
  public void isOwned(String permitId) {
    jdbc.sql(
            """
            insert into late_look (permit_id, until, look_beside, found)
            select id, sent_at + make_interval(secs => :kept), case when action = 'ISOLATE' then :now end, 'OWNED' from execution_permit
             where id = :permit and sent_at is not null
            on conflict (permit_id) do update set next_look = null, look_beside = excluded.look_beside, found = 'OWNED'""")
        .param("permit", permitId)
        .param("kept", KEPT.toSeconds())
        .param("now", SqlTime.of(clock.instant()))
        .update();
  }
}
