package io.cordon.gate;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.ids.Ids;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes an intent and its permit, which nobody may send yet. */
final class PermitIntents {
  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;
  private final Ids ids;

  PermitIntents(JdbcClient jdbc, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
    this.ids = new Ids(clock);
  }

  /** Writes both in the caller's transaction, if the same was not intended before; the id of the permit. */
  String write(ApprovalRequest approval, PlanTarget target, String action, EvidenceType type, Instant notAfter) {
    Optional<String> before =
        jdbc.sql("select id from execution_permit where approval_id = :approval and target_ordinal = :ordinal and action = :action and attempt = 1")
            .param("approval", approval.id())
            .param("ordinal", target.ordinal())
            .param("action", action)
            .query(String.class)
            .optional();
    return before.orElseGet(() -> insert(approval, target, action, type, notAfter));
  }

  private String insert(ApprovalRequest approval, PlanTarget target, String action, EvidenceType type, Instant notAfter) {
    String id = ids.next("x");
    String token = "cordon:" + id;
    UUID stage =
        evidence.append(
            new EvidenceEvent(
                type,
                approval.caseId(),
                null,
                Map.of("permit", id, "approval", approval.id(), "decisionHash", approval.decisionHash(), "action", action,
                    "machine", target.mdeDeviceId()),
                List.of()));
    jdbc.sql(
            """
            insert into execution_permit (id, case_id, approval_id, target_ordinal, action, attempt, mde_device_id,
                decision_hash, token, state, not_after, intent_stage, intended_at)
            values (:id, :case, :approval, :ordinal, :action, 1, :machine, :hash, :token, 'INTENDED', :until, :stage, :at)""")
        .param("id", id)
        .param("case", approval.caseId())
        .param("approval", approval.id())
        .param("ordinal", target.ordinal())
        .param("action", action)
        .param("machine", target.mdeDeviceId())
        .param("hash", approval.decisionHash())
        .param("token", token)
        .param("until", SqlTime.of(notAfter))
        .param("stage", stage)
        .param("at", SqlTime.of(clock.instant()))
        .update();
    return id;
  }
}
