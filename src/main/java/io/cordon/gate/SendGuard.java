package io.cordon.gate;

import io.cordon.platform.mode.OperatingMode;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The last word on a send: the approval is live and for exactly this, the window is open with the guard to spare, the service is
 * not expected back yet, no question waits for an answer, and this node's mode is the agreed one. A withdrawal races on the same row and loses or wins.
 */
final class SendGuard {
  private final JdbcClient jdbc;
  private final Clock clock;
  private final Duration beforeClose;
  private final OperatingMode mode;

  /** @param beforeClose so long before a window closes nothing is sent in it any more */
  SendGuard(JdbcClient jdbc, Clock clock, Duration beforeClose, OperatingMode mode) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.beforeClose = beforeClose;
    this.mode = mode;
  }

  /** The same for a release, which only a node of another mode may not send: in shadow it would be taken for done. */
  boolean letsReleaseThrough(String permitId) {
    return jdbc.sql(
                """
                update execution_permit set state = 'SENDING', sends = sends + 1, sent_at = :now
                 where id = :id and state = 'INTENDED' and action = 'UNISOLATE' and coalesce((select mode from operating_mode), 'LIVE') = :mode""")
            .param("id", permitId)
            .param("now", SqlTime.of(clock.instant()))
            .param("mode", mode.name())
            .update()
        == 1;
  }

  /** Turns INTENDED into SENDING where all of this holds in this moment, in the caller's transaction; whether it did. */
  boolean letsThrough(String permitId) {
    Instant now = clock.instant();
    jdbc.sql(
            """
            select a.id from approval_request a join execution_permit p on p.approval_id = a.id
             where p.id = :id for update of a""")
        .param("id", permitId)
        .query(String.class)
        .single();
    return jdbc.sql(
                """
                update execution_permit p
                   set state = 'SENDING', sends = sends + 1, sent_at = coalesce(sent_at, :now)
                  from approval_request a join plan_target t on t.plan_id = a.plan_id
                 where p.id = :id and a.id = p.approval_id and p.state = 'INTENDED' and p.action in ('ISOLATE', 'STOP_PROCESS')
                   and p.action = (select action from plan where id = a.plan_id)
                   and t.ordinal = p.target_ordinal and t.mde_device_id = p.mde_device_id
                   and not exists (select 1 from approval_left_out o where o.approval_id = a.id and o.mde_device_id = p.mde_device_id)
                   and a.state = 'GRANTED' and a.decision_hash = p.decision_hash
                   and a.window_from <= :now and p.not_after > :closing and a.back_by > :now
                   and not exists (select 1 from last_question q where q.approval_id = a.id and q.answer is null)
                   and coalesce((select mode from operating_mode), 'LIVE') = :mode
                   and not exists (
                     select 1 from approval_request b left join plan_target n on n.plan_id = b.plan_id and n.mde_device_id = p.mde_device_id
                      where b.case_id = a.case_id and b.plan_id <> a.plan_id and b.asked_at > a.asked_at
                        and (b.clinical_service = a.clinical_service or n.plan_id is not null))
                   and\s"""
                    + StandingGrants.ANSWERED)
            .param("id", permitId)
            .param("now", SqlTime.of(now))
            .param("closing", SqlTime.of(now.plus(beforeClose)))
            .param("mode", mode.name())
            .update()
        == 1;
  }
}
