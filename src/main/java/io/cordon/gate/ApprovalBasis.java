package io.cordon.gate;

import java.time.ZoneId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the person who chose the window was shown, kept with the decision; a second approval rests on the same. */
class ApprovalBasis {
  private final JdbcClient jdbc;

  ApprovalBasis(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Keeps it, with the zone in which the times were read. Where nobody can tell which clearance was shown, it is the best
   * one that could have been: rather one question too many than one too few.
   */
  void keep(ApprovalRequest request, Seen seen, ZoneId zone) {
    jdbc.sql(
            """
            insert into approval_basis (approval_id, request_revision, zone, offered_window, clearance_id)
            values (:id, :revision, :zone, :window, (
                select id from clearance_check where plan_id = :plan
                 order by (id = coalesce(:clearance, '')) desc, array_position(array['CLEAR', 'UNKNOWN', 'BUSY'], result), checked_at desc
                 limit 1))""")
        .param("id", request.id())
        .param("revision", request.requestRevision())
        .param("zone", zone.getId())
        .param("window", seen.offeredWindow())
        .param("clearance", seen.clearance())
        .param("plan", request.planId())
        .update();
  }

  /** What the window of a granted request rests on; empty for one that needed no choice. */
  Optional<Seen> of(String approvalId) {
    return jdbc.sql(
            """
            select offered_window, clearance_id as clearance, 0 as machines_at_once from approval_basis
             where approval_id = :id order by request_revision desc limit 1""")
        .param("id", approvalId)
        .query(Seen.class)
        .optional();
  }
}
