package io.cordon.gate;

import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a question replaced, what changed since, who answered it, and whether it was acted on. */
public class ApprovalHistory {
  private final JdbcClient jdbc;
  private final Plans plans;

  ApprovalHistory(JdbcClient jdbc, Plans plans) {
    this.jdbc = jdbc;
    this.plans = plans;
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
