package io.cordon.containment.signs;

import io.cordon.containment.signs.FollowUp.State;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The machines that are looked at after an action on them. What was held back in SHADOW changed no machine and is not among them. */
public class FollowUps {
  private static final Duration BEGINS_WITHIN = Duration.ofDays(1);

  /** A later permit of the machine in f that Defender was really asked for. */
  private static final String LATER_PERMIT =
      """
      exists (select 1 from execution_permit p where p.mde_device_id = f.mde_device_id and p.action in ('ISOLATE', 'UNISOLATE')
               and p.id > f.permit_id and not exists (select 1 from held_action h where h.id = p.mde_action_id) and p.state\s""";

  private static final String OVER =
      "(" + LATER_PERMIT
          + """
           = 'SUCCEEDED')
           or exists (select 1 from execution_permit p join incident_case c on c.id = f.case_id and c.state <> 'OPEN'
                       where p.case_id = f.case_id and p.mde_device_id = f.mde_device_id and p.action = 'UNISOLATE' and p.id > f.permit_id
                         and p.settled_at is not null)
           or exists (select 1 from out_of_band_action o where o.mde_device_id = f.mde_device_id and o.action in ('ISOLATE', 'UNISOLATE')
                       and o.state = 'SUCCEEDED' and o.made >= f.ended_at))""";

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

  /** Notes the actions that succeeded lately; ends what was given up where the machine went its way since. */
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
    jdbc.sql("update action_follow_up f set state = 'OVER' where f.state = 'GIVEN_UP' and " + OVER).update();
  }

  /** Takes those that are due, which puts their next look off, so that no other node takes them as well. */
  List<FollowUp> take(int most, Instant nextLook) {
    return jdbc.sql(
            """
            update action_follow_up f set next_look = :next
             where f.permit_id in (select permit_id from action_follow_up where next_look <= :now order by next_look limit :most for update skip locked)
            returning f.permit_id, f.case_id, f.mde_device_id, f.arc_id, f.action, f.ended_at, f.state, f.verdict, f.paged_verdict,
              %s as over, %s in ('SENDING', 'SENT')) as changing""".formatted(OVER, LATER_PERMIT))
        .param("now", SqlTime.of(clock.instant()))
        .param("next", SqlTime.of(nextLook))
        .param("most", most)
        .query(FollowUp.class)
        .list();
  }

  /**
   * Writes down what was seen, unless another node was faster. Only what is doubtful is looked at again.
   *
   * @return whether this changed anything
   */
  boolean move(FollowUp from, State state, Verdict verdict) {
    return jdbc.sql(
            """
            update action_follow_up set state = :state, verdict = :verdict, next_look = case when :state = 'DOUBTFUL' then next_look end
             where permit_id = :permit and state = :before and verdict is not distinct from :verdictBefore""")
        .param("state", state.name())
        .param("verdict", name(verdict))
        .param("permit", from.permitId())
        .param("before", from.state().name())
        .param("verdictBefore", name(from.verdict()))
        .update() == 1;
  }

  void lookAgain(FollowUp about, Instant at) {
    jdbc.sql("update action_follow_up set next_look = :at where permit_id = :permit and next_look is not null")
        .param("at", SqlTime.of(at))
        .param("permit", about.permitId())
        .update();
  }

  /** A person was told this. */
  void paged(FollowUp about, Verdict verdict) {
    jdbc.sql("update action_follow_up set paged_verdict = :verdict where permit_id = :permit")
        .param("verdict", verdict.name())
        .param("permit", about.permitId())
        .update();
  }

  /** Cases with a page that no machine of theirs needs any more. */
  List<String> casesToTakeBack(int most) {
    return jdbc.sql(
            """
            select distinct case_id from action_follow_up f where paged_verdict is not null
               and not exists (select 1 from action_follow_up d where d.case_id = f.case_id and d.state in ('DOUBTFUL', 'GIVEN_UP'))
             order by case_id limit :most""")
        .param("most", most)
        .query(String.class)
        .list();
  }

  /** The page was taken back; what turned doubtful meanwhile is paged again. */
  void takenBack(String caseId) {
    jdbc.sql("update action_follow_up set paged_verdict = null where case_id = :case and paged_verdict is not null").param("case", caseId).update();
  }

  private static String name(Verdict verdict) {
    return verdict == null ? null : verdict.name();
  }
}
