package io.cordon.web.figures;

import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;

/** Cases of the past as rows, so that there is something to count: one every few hours, most contained, some refused or given up. */
public final class PastCases {
  private PastCases() {}

  /** Takes all of them away again: who else looks at the same installation must not meet them. */
  public static void clear(JdbcTemplate tables) {
    tables.update("delete from execution_permit where case_id like 'p-%'");
    tables.update("delete from request_reach where approval_id like 'a-p-%'");
    tables.update("delete from approval_request where case_id like 'p-%'");
    tables.update("delete from plan where case_id like 'p-%'");
    tables.update("delete from incident_case where id like 'p-%'");
  }

  /** So many cases, one in this many minutes, the last one three days before this time: all are over, and nothing that runs looks after them any more. */
  public static void fill(JdbcTemplate tables, Instant now, int cases, int minutesApart) {
    String at = "?::timestamptz - interval '3 days' - (? - n) * ? * interval '1 minute'";
    tables.update("""
        insert into incident_case (id, state, severity, detector, machine_name, mde_device_id, clinical_service, outcome, opened_at, closed_at)
        select 'p-' || n, 'CLOSED', 'High', 'MDE', 'past-' || n, 'past-device-' || n, 'PACS', case when n %% 9 = 0 then 'DISMISSED' else 'HANDLED' end, %1$s, %1$s + interval '100 minutes'
          from generate_series(1, ?) n""".formatted(at), now.toString(), cases, minutesApart, now.toString(), cases, minutesApart, cases);
    tables.update("""
        insert into plan (id, case_id, plan_hash, canonical, action, route, assurance, answer_minutes, max_isolation_hours, release, clinical_service, made_at)
        select 'pl-' || id, id, 'h', '{}', 'ISOLATE', case when substr(id, 3)::int % 23 = 0 then 'BREAK_GLASS' else 'CLINICAL_APPROVAL' end, 'CHANNEL', 15, 24, 'BY_HAND', 'PACS', opened_at
          from incident_case where id like 'p-%' and substr(id, 3)::int % 9 <> 0""");
    tables.update("""
        insert into approval_request (id, case_id, plan_id, process_instance, state, request_revision, tier, approver_role, clinical_service, quorum, asked_at, answer_deadline, decided_at)
        select 'a-' || c.id, c.id, p.id, 'x', case when substr(c.id, 3)::int % 7 = 0 then 'REJECTED' else 'GRANTED' end, 1, 1, 'Clinical.Approver', 'PACS', 1,
               c.opened_at + interval '3 seconds', c.opened_at + interval '15 minutes', c.opened_at + (40 + substr(c.id, 3)::int * 37 % 800) * interval '1 second'
          from incident_case c join plan p on p.id = 'pl-' || c.id""");
    tables.update("""
        insert into request_reach (approval_id, channel, delivered, at)
        select id, 'TEAMS', true, asked_at + (1 + substr(case_id, 3)::int % 5) * interval '1 second' from approval_request where id like 'a-p-%'""");
    tables.update("""
        insert into execution_permit (id, case_id, approval_id, target_ordinal, action, attempt, mde_device_id, decision_hash, token, state, not_after, intent_stage, mde_action_id, intended_at, settled_at)
        select 'x-' || d.action || a.case_id, a.case_id, a.id, 0, d.action, 1, 'past-device-' || substr(a.case_id, 3), 'h', 't-' || d.action || a.case_id, 'SUCCEEDED', a.decided_at + interval '4 hours',
               gen_random_uuid(), 'm', a.decided_at + d.later, a.decided_at + d.later + interval '50 seconds'
          from approval_request a, (values ('ISOLATE', interval '1 second'), ('UNISOLATE', interval '70 minutes')) d (action, later) where a.state = 'GRANTED' and a.id like 'a-p-%'""");
  }
}
