package io.cordon.gate;

import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The answers that were taken; one a person and revision. */
class ApprovalDecisions {
  private final JdbcClient jdbc;

  ApprovalDecisions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** An answer as it was taken. */
  record Taken(Verdict verdict, String outcome) {}

  /** What this person already answered to this revision. */
  Optional<Taken> takenFrom(String approvalId, Decision decision) {
    return jdbc.sql(
            """
            select verdict, outcome from approval_decision
             where approval_id = :id and request_revision = :revision and tid = :tid and oid = :oid""")
        .param("id", approvalId)
        .param("revision", decision.requestRevision())
        .param("tid", decision.person().tid())
        .param("oid", decision.person().oid())
        .query(Taken.class)
        .optional();
  }

  /** Everybody who asked for something in this case. */
  Set<Requester> requesters(String caseId) {
    return jdbc.sql("select distinct tid, oid from case_requester where case_id = :case").param("case", caseId).query(Requester.class).set();
  }

  /** Who said yes to this revision so far. */
  List<Quorum.Yes> yeses(ApprovalRequest request) {
    return jdbc.sql(
            """
            select tid, oid, role from approval_decision
             where approval_id = :id and request_revision = :revision and verdict = 'APPROVE'""")
        .param("id", request.id())
        .param("revision", request.requestRevision())
        .query(Quorum.Yes.class)
        .list();
  }

  /** Device ids of the machines that the yes of a request is not for. */
  Set<String> leftOut(String approvalId) {
    return jdbc.sql("select mde_device_id from approval_left_out where approval_id = :id").param("id", approvalId).query(String.class).set();
  }

  void leaveOut(String approvalId, Set<String> machines) {
    jdbc.sql("delete from approval_left_out where approval_id = :id").param("id", approvalId).update();
    for (String machine : machines) {
      jdbc.sql("insert into approval_left_out (approval_id, mde_device_id) values (:id, :machine)")
          .param("id", approvalId)
          .param("machine", machine)
          .update();
    }
  }

  void insert(ApprovalRequest request, Decision decision, String role, String outcome, String hash, Instant at) {
    jdbc.sql(
            """
            insert into approval_decision
                (approval_id, request_revision, tid, oid, role, verdict, outcome, decision_hash, reason_code, decided_at)
            values (:id, :revision, :tid, :oid, :role, :verdict, :outcome, :hash, :reason, :at)""")
        .param("id", request.id())
        .param("revision", request.requestRevision())
        .param("tid", decision.person().tid())
        .param("oid", decision.person().oid())
        .param("role", role)
        .param("verdict", decision.verdict().name())
        .param("outcome", outcome)
        .param("hash", hash)
        .param("reason", decision.reasonCode())
        .param("at", SqlTime.of(at))
        .update();
  }
}
