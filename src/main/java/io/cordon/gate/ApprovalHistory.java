package io.cordon.gate;

import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a question replaced, what changed since, who answered it, and whether it was acted on. */
public class ApprovalHistory {
  private final JdbcClient jdbc;
  private final Plans plans;
  private final Clock clock;

  ApprovalHistory(JdbcClient jdbc, Plans plans, Clock clock) {
    this.jdbc = jdbc;
    this.plans = plans;
    this.clock = clock;
  }

  /**
   * An answer that was taken.
   *
   * @param role app role in which somebody answered
   * @param outcome what it did, such as GRANTED or WAITS_FOR_SECOND
   */
  public record Answer(String role, String outcome, Instant decidedAt) {}

  /** The answers to this request, the oldest first. */
  public List<Answer> answers(String approvalId) {
    return jdbc.sql("select role, outcome, decided_at from approval_decision where approval_id = :id order by decided_at, oid limit 20")
        .param("id", approvalId)
        .query(Answer.class)
        .list();
  }

  /** Whether an action of this request reached its machine, or may have: then its end is no end of what was done. */
  public boolean wasActedOn(String approvalId) {
    return jdbc.sql(
            """
            select exists (select 1 from execution_permit
                            where approval_id = :id and action in ('ISOLATE', 'STOP_PROCESS')
                              and state in ('SENDING', 'SENT', 'SUCCEEDED', 'UNRESOLVED'))""")
        .param("id", approvalId)
        .query(Boolean.class)
        .single();
  }

  /** What came of an approval of which nothing more will be begun. */
  public enum Undone {
    /** It is not over, or a machine was touched. */
    NO,
    /** Nothing was done, for certain. */
    YES,
    /** Nothing was done that Cordon knew of when it ended; Defender may still have it, or did it late. */
    UNCLEAR
  }

  /** Whether it was approved and not carried out. */
  public Undone undone(ApprovalRequest request) {
    return request.state() != ApprovalState.GRANTED
        ? Undone.NO
        : jdbc.sql(
                """
                select case
                  when p.action = 'COMPENSATE' or c.state = 'OPEN' and a.over_at is null and least(a.window_to, a.back_by) > :now
                      and (select count(*) from execution_permit x where x.approval_id = a.id and x.action in ('ISOLATE', 'STOP_PROCESS'))
                        < (select count(*) from plan_target t where t.plan_id = a.plan_id)
                          - (select count(*) from approval_left_out o where o.approval_id = a.id)
                    or exists (select 1 from execution_permit x where x.approval_id = a.id and x.action in ('ISOLATE', 'STOP_PROCESS')
                                and (x.settled_at is null or x.state in ('SUCCEEDED', 'UNRESOLVED')))
                    then 'NO'
                  when exists (select 1 from execution_permit x join late_look l on l.permit_id = x.id
                                where x.approval_id = a.id and (l.next_look is not null or l.look_beside is not null))
                    or exists (select 1 from execution_permit x join late_found f on f.permit_id = x.id
                                 join out_of_band_action o on o.mde_action_id = f.mde_action_id and o.state in ('PENDING', 'SUCCEEDED', 'UNRESOLVED')
                                where x.approval_id = a.id)
                    then 'UNCLEAR'
                  else 'YES' end
                  from approval_request a join plan p on p.id = a.plan_id join incident_case c on c.id = a.case_id where a.id = :id""")
            .param("id", request.id())
            .param("now", SqlTime.of(clock.instant()))
            .query(Undone.class)
            .single();
  }

  private record Asked(String planId, String severity, String tactics) {
    Map<String, String> ofTheCase() {
      return severity == null ? Map.of() : Map.of("/severity", severity, "/tactics", tactics);
    }
  }

  /** How this question differs from the one before it that was voided; empty when it replaced none. */
  public List<PlanChange> changes(ApprovalRequest request) {
    List<Asked> lastTwo =
        jdbc.sql(
                """
                select plan_id, asked_severity as severity, asked_tactics as tactics from approval_request
                 where process_instance = :process and (id = :id or state = 'VOIDED' and asked_at <= :at and id <> :id)
                 order by id = :id desc, asked_at desc limit 2""")
            .param("process", request.processInstance())
            .param("id", request.id())
            .param("at", SqlTime.of(request.askedAt()))
            .query(Asked.class)
            .list();
    return lastTwo.size() < 2 ? List.of() : between(lastTwo.get(1), lastTwo.get(0));
  }

  private List<PlanChange> between(Asked before, Asked now) {
    List<PlanChange> changes = new ArrayList<>(PlanChanges.between(before.ofTheCase(), now.ofTheCase()));
    if (!before.planId().equals(now.planId())) {
      changes.addAll(PlanChanges.between(plans.canonical(before.planId()), plans.canonical(now.planId())));
    }
    return changes;
  }
}
