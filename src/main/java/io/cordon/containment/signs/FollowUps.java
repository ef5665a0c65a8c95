package io.cordon.containment.signs;

import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The machines that are looked at after an action on them. What was held back in SHADOW changed no machine and is not among them. */
public class FollowUps {
  private static final Duration BEGINS_WITHIN = Duration.ofDays(1);

  private final JdbcClient jdbc;
  private final Clock clock;

  FollowUps(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** How many machines are not as they should be after an action, or could not be looked at. */
  public int doubtful() {
    return jdbc.sql("select count(*) from action_follow_up where state = 'DOUBTFUL'").query(Integer.class).single();
  }

  /** Whether one of a case's machines is among them. */
  boolean anyDoubtful(String caseId) {
    return jdbc.sql("select exists (select 1 from action_follow_up where state = 'DOUBTFUL' and case_id = :case)")
        .param("case", caseId)
        .query(Boolean.class)
        .single();
  }

  /** Notes the actions that succeeded lately. */
  void begin() {
    jdbc.sql(
            """
            insert into action_follow_up (permit_id, case_id, mde_device_id, arc_id, action, ended_at, state, next_look)
            select p.id, p.case_id, p.mde_device_id, t.arc_id, p.action, p.settled_at, 'OPEN', :now
              from execution_permit p
              join approval_request a on a.id = p.approval_id
              left join plan_target t on t.plan_id = a.plan_id and t.ordinal = p.target_ordinal
             where p.state = 'SUCCEEDED' and p.action in ('ISOLATE', 'UNISOLATE') and p.settled_at > :since
               and not exists (select 1 from held_action h where h.id = p.mde_action_id)
               and not exists (select 1 from action_follow_up f where f.permit_id = p.id)
             order by p.settled_at limit 100
            on conflict do nothing""")
        .param("now", SqlTime.of(clock.instant()))
        .param("since", SqlTime.of(clock.instant().minus(BEGINS_WITHIN)))
        .update();
  }

  /** Takes those that are due, which puts their next look off, so that no other node takes them as well. */
  List<FollowUp> take(int most, Instant nextLook) {
    return jdbc.sql(
            """
            update action_follow_up f set next_look = :next
             where f.permit_id in (select permit_id from action_follow_up where next_look <= :now order by next_look limit :most for update skip locked)
            returning f.permit_id, f.case_id, f.mde_device_id, f.arc_id, f.action, f.ended_at, f.state, f.verdict, f.paged,
              exists (select 1 from execution_permit p where p.mde_device_id = f.mde_device_id and p.action in ('ISOLATE', 'UNISOLATE')
                       and p.id > f.permit_id and p.state in ('SENDING', 'SENT', 'SUCCEEDED'))
              or exists (select 1 from out_of_band_action o where o.mde_device_id = f.mde_device_id and o.action in ('ISOLATE', 'UNISOLATE')
                          and o.state = 'SUCCEEDED' and o.made >= f.ended_at) as over""")
        .param("now", SqlTime.of(clock.instant()))
        .param("next", SqlTime.of(nextLook))
        .param("most", most)
        .query(FollowUp.class)
        .list();
  }

  /**
   * Writes down how far it is, unless another node was faster.
   *
   * @param nextLook null when nobody looks any more
   * @return whether this changed anything
   */
  boolean move(FollowUp from, String state, String verdict, Instant nextLook) {
    return jdbc.sql(
            """
            update action_follow_up set state = :state, verdict = :verdict, next_look = :next
             where permit_id = :permit and state = :before and verdict is not distinct from :verdictBefore""")
        .param("state", state)
        .param("verdict", verdict)
        .param("next", SqlTime.of(nextLook))
        .param("permit", from.permitId())
        .param("before", from.state())
        .param("verdictBefore", from.verdict())
        .update() == 1;
  }

  /** A person was told. */
  void paged(FollowUp about) {
    jdbc.sql("update action_follow_up set paged = true where permit_id = :permit").param("permit", about.permitId()).update();
  }
}
