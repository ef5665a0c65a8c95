package io.cordon.gate;

import io.cordon.evidence.CanonicalJson;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.policy.Route;
import io.cordon.platform.ids.Ids;
import io.cordon.platform.time.SqlTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes and finds plans. A plan never changes; another plan is another row with another hash. */
public class Plans {
  private static final String SELECT =
      """
      select p.id, p.case_id, p.plan_hash, p.action, p.route, p.assurance, p.answer_minutes, p.max_isolation_hours, p.release,
             p.clinical_service, t.mde_device_id, t.arc_id, t.machine_name, p.approvers, p.quorum, p.ladder
        from plan p join plan_target t on t.plan_id = p.id and t.ordinal = 0
       where p.id = :id""";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final EvidenceLog evidence;
  private final Ids ids;

  Plans(JdbcClient jdbc, Clock clock, EvidenceLog evidence) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.evidence = evidence;
    this.ids = new Ids(clock);
  }

  /** The plan with this id. */
  public Optional<Plan> find(String id) {
    return jdbc.sql(SELECT).param("id", id).query(Plan.class).optional();
  }

  /** Makes the plan to isolate one machine, with PLAN_MADE as evidence in the caller's transaction. */
  public Plan make(PlanFacts facts) {
    return make(facts, Plan.ISOLATE);
  }

  /** Makes the plan to protect one host by what people change around it; it never allows an isolation. */
  public Plan makeCompensating(PlanFacts facts) {
    return make(facts, Plan.COMPENSATE);
  }

  private Plan make(PlanFacts facts, String action) {
    Map<String, Object> content = content(facts, action);
    String canonical = new String(CanonicalJson.write(content), StandardCharsets.UTF_8);
    String id = ids.next("p");
    String hash = sha256(canonical);
    insert(id, facts, action, canonical, hash);
    evidence.append(
        new EvidenceEvent(
            EvidenceType.PLAN_MADE, facts.caseId(), null, Map.of("plan", id, "planHash", hash, "canonical", canonical), List.of()));
    return find(id).orElseThrow();
  }

  private void insert(String id, PlanFacts facts, String action, String canonical, String hash) {
    jdbc.sql(
            """
            insert into plan (id, case_id, plan_hash, canonical, action, route, assurance, answer_minutes,
                              max_isolation_hours, release, clinical_service, approvers, quorum, ladder, made_at)
            values (:id, :case, :hash, :canonical, :action, :route, :assurance, :minutes, :hours, :release, :service, :approvers, :quorum,
                    :ladder, :at)""")
        .param("id", id)
        .param("case", facts.caseId())
        .param("hash", hash)
        .param("canonical", canonical)
        .param("action", action)
        .param("route", facts.route().way().name())
        .param("assurance", facts.route().assurance().name())
        .param("minutes", facts.route().answerMinutes())
        .param("hours", facts.route().maxIsolationHours())
        .param("release", facts.route().release().name())
        .param("service", facts.clinicalService())
        .param("approvers", facts.route().approvers().name())
        .param("quorum", facts.route().quorum())
        .param("ladder", facts.route().ladder().name())
        .param("at", SqlTime.of(clock.instant()))
        .update();
    jdbc.sql(
            """
            insert into plan_target (plan_id, ordinal, mde_device_id, arc_id, machine_name)
            values (:id, 0, :mde, :arc, :name)""")
        .param("id", id)
        .param("mde", facts.mdeDeviceId())
        .param("arc", facts.arcId())
        .param("name", facts.machineName())
        .update();
  }

  private static Map<String, Object> content(PlanFacts facts, String action) {
    boolean isolates = Plan.ISOLATE.equals(action);
    Route route = facts.route();
    return Map.of(
        "case", facts.caseId(),
        "targets", List.of(Map.of("mde", facts.mdeDeviceId(), "arc", facts.arcId())),
        "action", action,
        "params", isolates ? Map.of("isolationType", "Full") : Map.of("by", "PEOPLE"),
        "backout", isolates ? "UNISOLATE_OR_CONSOLE" : "TAKEN_BACK_BY_PEOPLE",
        "bounds", Map.of("maxIsolationHours", route.maxIsolationHours(), "release", route.release().name()),
        "policy", Map.of("route", route.way().name(), "approvers", route.approvers().name(), "quorum", route.quorum(), "assurance", route.assurance().name(),
            "version", facts.policyVersion()),
        "playbook", facts.playbookVersion());
  }

  static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
