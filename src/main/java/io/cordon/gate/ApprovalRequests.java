package io.cordon.gate;

import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The approval requests as rows; the desk and the decision service decide what happens to them. */
public class ApprovalRequests {
  private static final String SELECT =
      """
      select id, case_id, plan_id, process_instance, state, request_revision, tier, approver_role, clinical_service,
             quorum, asked_at, answer_deadline, decided_at, window_from, window_to, back_by, procedure_impact, decision_hash
        from approval_request\s""";
  /** With the last question, which may wait when the request itself is answered; the deadline is that of what waits. */
  private static final String WAITING =
      "select * from ("
          + SELECT
          + """
          where state in ('PENDING', 'HELD')
          union all
          select a.id, case_id, plan_id, process_instance, state, request_revision, tier, approver_role, clinical_service,
                 quorum, a.asked_at, q.answer_deadline, decided_at, window_from, window_to, back_by, procedure_impact, decision_hash
            from last_question q join approval_request a on a.id = q.approval_id
           where q.answer is null and a.state = 'GRANTED') waiting\s""";

  private final JdbcClient jdbc;

  ApprovalRequests(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The request with this id. */
  public Optional<ApprovalRequest> find(String id) {
    return jdbc.sql(SELECT + "where id = :id").param("id", id).query(ApprovalRequest.class).optional();
  }

  /** The requests of a case, oldest first. */
  public List<ApprovalRequest> ofCase(String caseId) {
    return jdbc.sql(SELECT + "where case_id = :case order by asked_at, tier, id limit 200").param("case", caseId).query(ApprovalRequest.class).list();
  }

  /** Requests that still wait for an answer, the next deadline first; of those GRANTED the last question waits, whose deadline they have here. */
  public List<ApprovalRequest> waiting(int limit) {
    return jdbc.sql(WAITING + "order by answer_deadline, id limit :limit")
        .param("limit", Math.min(limit, 200))
        .query(ApprovalRequest.class)
        .list();
  }

  /** The same of these cases. */
  public List<ApprovalRequest> waitingIn(Collection<String> caseIds) {
    return caseIds.isEmpty()
        ? List.of()
        : jdbc.sql(WAITING + "where case_id in (:cases) order by answer_deadline, id")
            .param("cases", caseIds)
            .query(ApprovalRequest.class)
            .list();
  }

  /** Whether this person asked for something in the case, so that somebody else must answer. */
  public boolean isRequester(String caseId, String tid, String oid) {
    return jdbc.sql("select exists (select 1 from case_requester where case_id = :case and tid = :tid and oid = :oid)")
        .param("case", caseId)
        .param("tid", tid)
        .param("oid", oid)
        .query(Boolean.class)
        .single();
  }

  /** Whether an action of this request is on its way or over; ask with the request locked. */
  boolean isActedOn(String id) {
    return jdbc.sql("select exists (select 1 from execution_permit where approval_id = :id and state <> 'INTENDED')")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  /** Whether these two plans are about the same clinical service or have a machine in common. */
  boolean concernTheSame(String planId, String otherPlanId) {
    return jdbc.sql(
            """
            select exists (select 1 from plan p join plan o on o.clinical_service = p.clinical_service where p.id = :one and o.id = :other)
                or exists (select 1 from plan_target p join plan_target o on o.mde_device_id = p.mde_device_id
                            where p.plan_id = :one and o.plan_id = :other)""")
        .param("one", planId)
        .param("other", otherPlanId)
        .query(Boolean.class)
        .single();
  }

  /** The request, locked until the caller's transaction ends; an intent that is being written for it is waited for, and none is written meanwhile. */
  Optional<ApprovalRequest> lock(String id) {
    return jdbc.sql(SELECT + "where id = :id for update").param("id", id).query(ApprovalRequest.class).optional();
  }

  void insert(ApprovalRequest request) {
    jdbc.sql(
            """
            insert into approval_request (id, case_id, plan_id, process_instance, state, request_revision, tier,
                approver_role, clinical_service, quorum, asked_at, answer_deadline, asked_severity, asked_tactics)
            select :id, c.id, :plan, :process, :state, :revision, :tier, :role, :service, :quorum, :asked, :deadline, c.severity, c.tactics
              from incident_case c where c.id = :case""")
        .param("id", request.id())
        .param("case", request.caseId())
        .param("plan", request.planId())
        .param("process", request.processInstance())
        .param("state", request.state().name())
        .param("revision", request.requestRevision())
        .param("tier", request.tier())
        .param("role", request.approverRole())
        .param("service", request.clinicalService())
        .param("quorum", request.quorum())
        .param("asked", SqlTime.of(request.askedAt()))
        .param("deadline", SqlTime.of(request.answerDeadline()))
        .update();
  }

  void end(String id, ApprovalState state, Instant at) {
    jdbc.sql("update approval_request set state = :state, decided_at = :at where id = :id")
        .param("state", state.name())
        .param("at", SqlTime.of(at))
        .param("id", id)
        .update();
  }

  /** Nothing more is begun on it, whatever its window says. */
  public void isOver(String id, Instant at) {
    jdbc.sql("update approval_request set over_at = :at where id = :id and over_at is null").param("at", SqlTime.of(at)).param("id", id).update();
  }

  /** Raises the revision and sets the next deadline, so that answers to the older question no longer count. */
  void hold(String id, Instant deadline) {
    jdbc.sql(
            """
            update approval_request
               set state = 'HELD', request_revision = request_revision + 1, answer_deadline = :deadline,
                   window_from = null, window_to = null, back_by = null, procedure_impact = null, decision_hash = null
             where id = :id""")
        .param("deadline", SqlTime.of(deadline))
        .param("id", id)
        .update();
  }

  /** The decision was bound anew: another revision of it. */
  void raise(String id) {
    jdbc.sql("update approval_request set request_revision = request_revision + 1 where id = :id").param("id", id).update();
  }

  /** Binds what the clinical approver said; the request is granted by {@link #end}. */
  void bind(String id, Decision decision, String decisionHash) {
    jdbc.sql(
            """
            update approval_request
               set window_from = :from, window_to = :to, back_by = :back, procedure_impact = :impact, decision_hash = :hash
             where id = :id""")
        .param("from", SqlTime.of(decision.windowFrom()))
        .param("to", SqlTime.of(decision.windowTo()))
        .param("back", SqlTime.of(decision.backBy()))
        .param("impact", decision.procedureImpact().name())
        .param("hash", decisionHash)
        .param("id", id)
        .update();
  }
}
