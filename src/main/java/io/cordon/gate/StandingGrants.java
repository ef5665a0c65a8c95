package io.cordon.gate;

import io.cordon.assets.register.AssetRegister;
import io.cordon.assets.register.RegisterEntry;
import io.cordon.assets.register.RegisterField;
import io.cordon.evidence.CanonicalJson;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.evidence.Sha256;
import io.cordon.gate.rules.RuleVersion;
import io.cordon.gate.rules.StandingRules;
import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.gate.windows.TimeSpan;
import io.cordon.platform.ids.Ids;
import io.cordon.platform.time.SqlTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets a live standing rule stand in for the answer of people: the same row, the same evidence, the same permit. The rule is
 * looked at again in the moment of sending.
 */
public class StandingGrants {
  /** Who answers a request that a rule grants. */
  static final String ROLE = "STANDING_RULE";

  /**
   * For approval_request a, plan_target t and the parameter now: somebody answered exactly this; or a rule did, that very
   * version is live and has not expired, and the register still has the machine as one it names and no patient depends on.
   */
  static final String ANSWERED =
      """
      (exists (
         select 1 from approval_decision d
          where d.approval_id = a.id and d.verdict = 'APPROVE' and d.decision_hash = a.decision_hash)
       or exists (
         select 1 from standing_grant g join standing_rule r on r.id = g.rule_id and r.version = g.version
                       join asset_register m on m.arc_id = t.arc_id
          where g.approval_id = a.id and r.state = 'LIVE' and r.expires_at > :now and r.action = 'ISOLATE'
            and m.env = 'Dev' and m.contains_phi = 'false' and m.never_isolate is distinct from 'true'
            and (cardinality(r.clinical_services) = 0 or m.clinical_service = any (r.clinical_services))
            and (cardinality(r.hosts) = 0 or m.arc_id = any (r.hosts))))""";

  private final StandingRules rules;
  private final AssetRegister register;
  private final ApprovalRequests requests;
  private final MaintenanceWindows windows;
  private final OutbreakBrake brake;
  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;
  private final Ids ids;
  private final Counter granted;

  StandingGrants(
      StandingRules rules,
      AssetRegister register,
      ApprovalRequests requests,
      MaintenanceWindows windows,
      OutbreakBrake brake,
      JdbcClient jdbc,
      EvidenceLog evidence,
      Clock clock,
      MeterRegistry meters) {
    this.rules = rules;
    this.register = register;
    this.requests = requests;
    this.windows = windows;
    this.brake = brake;
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
    this.ids = new Ids(clock);
    this.granted = Counter.builder("cordon.rules.grants").description("Approvals that a standing rule gave").register(meters);
  }

  /** A rule that covers a plan now. */
  private record Cover(RuleVersion version, TimeSpan window) {}

  /**
   * Grants a plan whose route is a standard change, if a live rule covers it at this moment; in the caller's transaction.
   * Empty when none does, or when nobody can tell of a blackout: then people are asked.
   */
  public Optional<ApprovalRequest> grant(Plan plan, String processInstance) {
    if (!"STANDARD_CHANGE".equals(plan.route()) || machines(plan) != 1 || windows.areUnknown() || brake.aboveLimit(plan) > 0) {
      return Optional.empty();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return register.find(plan.arcId()).filter(StandingGrants::noPatientDependsOn).flatMap(machine -> cover(plan, machine, now))
        .map(cover -> insert(plan, processInstance, cover));
  }

  private long machines(Plan plan) {
    return jdbc.sql("select count(*) from plan_target where plan_id = :plan").param("plan", plan.id()).query(Long.class).single();
  }

  private static boolean noPatientDependsOn(RegisterEntry machine) {
    return "Dev".equals(machine.value(RegisterField.ENV))
        && "false".equals(machine.value(RegisterField.CONTAINS_PHI))
        && !"true".equals(machine.value(RegisterField.NEVER_ISOLATE));
  }

  private Optional<Cover> cover(Plan plan, RegisterEntry machine, Instant now) {
    return rules.liveFor(plan.action()).stream()
        .filter(version -> version.rule().names(machine.value(RegisterField.CLINICAL_SERVICE), machine.arcId()))
        .filter(version -> !isByARequester(version, plan.caseId()))
        .flatMap(version -> version.rule().openAt(now).map(window -> new Cover(version, window)).stream())
        .filter(cover -> cover.window().length().compareTo(windows.limits().shortest()) >= 0)
        .filter(cover -> windows.blackout(plan.clinicalService(), away(plan, cover.window(), now)).isEmpty())
        .findFirst();
  }

  /** Whoever asked in this case must not have given the answer, not even beforehand. */
  private boolean isByARequester(RuleVersion version, String caseId) {
    return jdbc.sql("select tid, oid from case_requester where case_id = :case").param("case", caseId)
        .query((row, number) -> version.isBy(row.getString("tid"), row.getString("oid")))
        .list()
        .contains(true);
  }

  private static TimeSpan away(Plan plan, TimeSpan window, Instant now) {
    Instant backBy = backBy(plan, now);
    return new TimeSpan(now, window.to().isAfter(backBy) ? window.to() : backBy);
  }

  private static Instant backBy(Plan plan, Instant from) {
    return from.plus(Duration.ofHours(Math.max(1, plan.maxIsolationHours())));
  }

  private ApprovalRequest insert(Plan plan, String processInstance, Cover cover) {
    TimeSpan window = cover.window();
    String id = ids.next("a");
    requests.insert(
        new ApprovalRequest(
            id, plan.caseId(), plan.id(), processInstance, ApprovalState.PENDING, 1, 1, ROLE, plan.clinicalService(), 0, window.from(), window.to(),
            null, null, null, null, null, null));
    jdbc.sql("insert into standing_grant (approval_id, rule_id, version) values (:id, :rule, :version)")
        .param("id", id)
        .param("rule", cover.version().rule().id())
        .param("version", cover.version().version())
        .update();
    String hash = Sha256.of(CanonicalJson.write(decision(plan, cover)));
    jdbc.sql(
            """
            update approval_request
               set state = 'GRANTED', decided_at = :from, window_from = :from, window_to = :to, back_by = :back, decision_hash = :hash
             where id = :id""")
        .param("from", SqlTime.of(window.from()))
        .param("to", SqlTime.of(window.to()))
        .param("back", SqlTime.of(backBy(plan, window.from())))
        .param("hash", hash)
        .param("id", id)
        .update();
    prove(plan, cover, id, hash);
    granted.increment();
    return requests.find(id).orElseThrow();
  }

  /** Exactly this target, action, window and plan, by exactly this version of the rule. */
  private static Map<String, Object> decision(Plan plan, Cover cover) {
    RuleVersion version = cover.version();
    return Map.of(
        "planHash", plan.planHash(),
        "verdict", "STANDARD_CHANGE",
        "action", plan.action(),
        "target", Map.of("mde", plan.mdeDeviceId(), "arc", plan.arcId()),
        "window", Map.of("from", cover.window().from().toString(), "to", cover.window().to().toString()),
        "backBy", backBy(plan, cover.window().from()).toString(),
        "rule", Map.of("id", version.rule().id(), "version", version.version(), "sha256", version.sha256()));
  }

  private void prove(Plan plan, Cover cover, String id, String hash) {
    RuleVersion version = cover.version();
    evidence.appendAll(
        List.of(
            EvidenceEvent.ofCase(
                EvidenceType.APPROVAL_REQUESTED, plan.caseId(), null,
                Map.of("approval", id, "planHash", plan.planHash(), "tier", 1, "role", ROLE, "quorum", 0)),
            EvidenceEvent.ofCase(
                EvidenceType.APPROVAL_GRANTED, plan.caseId(), null,
                Map.of(
                    "approval", id, "requestRevision", 1, "outcome", "GRANTED", "decisionHash", hash, "windowFrom", cover.window().from().toString(),
                    "windowTo", cover.window().to().toString(), "backBy", backBy(plan, cover.window().from()).toString(), "rule", version.rule().id(),
                    "ruleVersion", version.version(), "ruleHash", version.sha256()))));
  }
}
