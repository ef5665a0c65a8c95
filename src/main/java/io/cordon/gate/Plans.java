package io.cordon.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes and finds plans. A plan never changes; another plan is another row with another hash. */
public class Plans {
  /** Most machines of one plan: what a person can read before saying yes. */
  public static final int MOST_MACHINES = 50;

  private static final String SELECT =
      """
      select p.id, p.case_id, p.plan_hash, p.action, p.route, p.assurance, p.answer_minutes, p.max_isolation_hours, p.release,
             p.clinical_service, t.mde_device_id, t.arc_id, t.machine_name, p.approvers, p.quorum, p.ladder,
             n.machine_count, n.machine_names
        from plan p join plan_target t on t.plan_id = p.id and t.ordinal = 0
             cross join lateral (select count(*) as machine_count,
                                        string_agg(machine_name, ', ' order by ordinal) filter (where ordinal < 5) as machine_names
                                   from plan_target where plan_id = p.id) n
       where p.id = :id""";

  private static final String TARGETS = "select t.ordinal, t.mde_device_id, t.arc_id, t.machine_name from plan_target t\s";

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

  /** The machines of a plan, in its order. */
  public List<PlanTarget> targets(String planId) {
    return jdbc.sql(TARGETS + "where t.plan_id = :id order by t.ordinal").param("id", planId).query(PlanTarget.class).list();
  }

  /** The machines that a request's answer is for: those of its plan without those that the approver left out. */
  public List<PlanTarget> approved(String approvalId) {
    return jdbc.sql(
            TARGETS
                + """
                join approval_request a on a.plan_id = t.plan_id
                 where a.id = :id
                   and not exists (select 1 from approval_left_out o where o.approval_id = a.id and o.mde_device_id = t.mde_device_id)
                 order by t.ordinal""")
        .param("id", approvalId)
        .query(PlanTarget.class)
        .list();
  }

  /** How many machines these plans are for, where it is more than one, by plan id. */
  public Map<String, Integer> machineCounts(Collection<String> planIds) {
    Map<String, Integer> counts = new HashMap<>();
    if (!planIds.isEmpty()) {
      jdbc.sql("select plan_id, count(*) as machines from plan_target where plan_id in (:ids) group by plan_id having count(*) > 1")
          .param("ids", planIds)
          .query((row, n) -> counts.put(row.getString("plan_id"), row.getInt("machines")))
          .list();
    }
    return counts;
  }

  /** What these devices are called, by device id, as the latest plan for each says. */
  public Map<String, String> names(Collection<String> mdeDeviceIds) {
    Map<String, String> names = new HashMap<>();
    if (!mdeDeviceIds.isEmpty()) {
      jdbc.sql("select mde_device_id, machine_name from plan_target where mde_device_id in (:ids) order by plan_id desc limit 1000")
          .param("ids", mdeDeviceIds)
          .query((row, n) -> names.putIfAbsent(row.getString("mde_device_id"), row.getString("machine_name")))
          .list();
    }
    return names;
  }

  /** The canonical JSON that the plan's hash is over. */
  String canonical(String planId) {
    return jdbc.sql("select canonical from plan where id = :id").param("id", planId).query(String.class).single();
  }

  /** Makes the plan to isolate one machine, with PLAN_MADE as evidence in the caller's transaction. */
  public Plan make(PlanFacts facts) {
    return make(facts, List.of(new PlanTarget(0, facts.mdeDeviceId(), facts.arcId(), facts.machineName())));
  }

  /**
   * Makes the plan to isolate these machines of one clinical service, with PLAN_MADE as evidence in the caller's
   * transaction.
   *
   * @param facts whose machine is the first
   * @param targets at most {@link #MOST_MACHINES}, numbered from 0
   */
  public Plan make(PlanFacts facts, List<PlanTarget> targets) {
    return make(facts, Plan.ISOLATE, targets);
  }

  /** Makes the plan to protect one host by what people change around it; it never allows an isolation. */
  public Plan makeCompensating(PlanFacts facts) {
    return make(facts, Plan.COMPENSATE, List.of(new PlanTarget(0, facts.mdeDeviceId(), facts.arcId(), facts.machineName())));
  }

  /** Makes the plan to stop one process of one machine; it never allows an isolation. */
  public Plan makeStopping(PlanFacts facts, StopOrder order) {
    return make(facts, Plan.STOP_PROCESS, List.of(new PlanTarget(0, facts.mdeDeviceId(), facts.arcId(), facts.machineName())), StopOrders.write(order));
  }

  /**
   * What a plan to stop a process says.
   *
   * @throws IllegalArgumentException for any other plan
   */
  public StopOrder stopOrder(String planId) {
    Map<String, Object> content = read(canonical(planId));
    if (!Plan.STOP_PROCESS.equals(content.get("action"))) {
      throw new IllegalArgumentException("the plan " + planId + " is not to stop a process");
    }
    return StopOrders.read((Map<?, ?>) content.get("params"));
  }

  private Plan make(PlanFacts facts, String action, List<PlanTarget> targets) {
    boolean isolates = Plan.ISOLATE.equals(action);
    return make(facts, action, targets, isolates ? Map.of("isolationType", "Full") : Map.of("by", "PEOPLE"));
  }

  private Plan make(PlanFacts facts, String action, List<PlanTarget> targets, Map<String, Object> params) {
    if (targets.isEmpty() || targets.size() > MOST_MACHINES) {
      throw new IllegalArgumentException("a plan is for 1 to " + MOST_MACHINES + " machines");
    }
    String canonical = new String(CanonicalJson.write(content(facts, action, targets, params)), StandardCharsets.UTF_8);
    String id = ids.next("p");
    String hash = sha256(canonical);
    insert(id, facts, action, canonical, hash);
    targets.forEach(target -> insert(id, target));
    evidence.append(
        new EvidenceEvent(
            EvidenceType.PLAN_MADE, facts.caseId(), null, Map.of("plan", id, "planHash", hash, "canonical", canonical), List.of()));
    return find(id).orElseThrow();
  }

  /** Makes a plan that differs from another one in its machines only; in the caller's transaction, as {@link #make}. */
  public Plan change(Plan plan, List<PlanTarget> targets) {
    if (!Plan.ISOLATE.equals(plan.action())) {
      throw new IllegalArgumentException("only the machines of an isolation can be changed");
    }
    Map<String, Object> content = read(canonical(plan.id()));
    var policy = (Map<?, ?>) content.get("policy");
    PlanTarget first = targets.get(0);
    return make(
        new PlanFacts(
            plan.caseId(), first.mdeDeviceId(), first.arcId(), first.machineName(), plan.clinicalService(), route(plan),
            (Integer) policy.get("version"), (Integer) content.get("playbook")),
        targets);
  }

  private static Route route(Plan plan) {
    return new Route(
        Route.Way.valueOf(plan.route()), false, Route.Approvers.valueOf(plan.approvers()), plan.quorum(), Route.Assurance.valueOf(plan.assurance()),
        plan.answerMinutes(), Route.Ladder.valueOf(plan.ladder()), plan.maxIsolationHours(), Route.Release.valueOf(plan.release()));
  }

  private static Map<String, Object> read(String canonical) {
    try {
      return new ObjectMapper().readValue(canonical, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored plan is no JSON", e);
    }
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
  }

  private void insert(String planId, PlanTarget target) {
    jdbc.sql(
            """
            insert into plan_target (plan_id, ordinal, mde_device_id, arc_id, machine_name)
            values (:id, :ordinal, :mde, :arc, :name)""")
        .param("id", planId)
        .param("ordinal", target.ordinal())
        .param("mde", target.mdeDeviceId())
        .param("arc", target.arcId())
        .param("name", target.machineName())
        .update();
  }

  private static Map<String, Object> content(PlanFacts facts, String action, List<PlanTarget> targets, Map<String, Object> params) {
    Route route = facts.route();
    return Map.of(
        "case", facts.caseId(),
        "targets", targets.stream().map(target -> Map.<String, Object>of("mde", target.mdeDeviceId(), "arc", target.arcId())).toList(),
        "action", action,
        "params", params,
        "backout", switch (action) {
          case Plan.ISOLATE -> "UNISOLATE_OR_CONSOLE";
          case Plan.STOP_PROCESS -> "RESTARTED_BY_PEOPLE";
          default -> "TAKEN_BACK_BY_PEOPLE";
        },
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
