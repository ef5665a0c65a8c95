package io.cordon.gate;

import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import java.util.HashSet;
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

  /** Object ids of everybody who asked for something in this case. */
  Set<String> requesters(String caseId) {
    return jdbc.sql("select distinct oid from case_requester where case_id = :case").param("case", caseId).query(String.class).set();
  }

  /** The roles that approved this revision, the one acting now included; each by another person. */
  Set<String> rolesThatApproved(ApprovalRequest request, String actingRole) {
    Set<String> roles =
        new HashSet<>(
            jdbc.sql(
                    """
                    select role from approval_decision
                     where approval_id = :id and request_revision = :revision and verdict = 'APPROVE'""")
                .param("id", request.id())
                .param("revision", request.requestRevision())
                .query(String.class)
                .list());
    roles.add(actingRole);
    return roles;
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
