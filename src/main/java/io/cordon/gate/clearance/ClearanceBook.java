package io.cordon.gate.clearance;

import io.cordon.assets.register.AssetRegister;
import io.cordon.assets.register.RegisterField;
import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The clearances as rows, and what they are about. */
class ClearanceBook {
  private static final String SELECT = "select id, plan_id, result, reason, since, checked_at from clearance_check ";

  private final JdbcClient jdbc;
  private final AssetRegister register;

  ClearanceBook(JdbcClient jdbc, AssetRegister register) {
    this.jdbc = jdbc;
    this.register = register;
  }

  private record Row(String arcId, String machineName) {}

  /** The machines of a plan with the places they serve. */
  List<Target> targets(String planId) {
    return jdbc.sql("select arc_id, machine_name from plan_target where plan_id = :plan order by ordinal")
        .param("plan", planId)
        .query(Row.class)
        .list()
        .stream()
        .map(row -> new Target(row.arcId(), row.machineName(), locations(row.arcId())))
        .toList();
  }

  private List<String> locations(String arcId) {
    return arcId == null
        ? List.of()
        : register.find(arcId).map(entry -> entry.value(RegisterField.FHIR_LOCATIONS)).map(ids -> List.of(ids.split(","))).orElse(List.of());
  }

  String caseOf(String planId) {
    return jdbc.sql("select case_id from plan where id = :plan").param("plan", planId).query(String.class).single();
  }

  Optional<ClearanceCheck> newest(String planId) {
    return jdbc.sql(SELECT + "where plan_id = :plan order by checked_at desc, since desc limit 1").param("plan", planId).query(ClearanceCheck.class).optional();
  }

  Optional<ClearanceCheck> find(String id) {
    return jdbc.sql(SELECT + "where id = :id").param("id", id).query(ClearanceCheck.class).optional();
  }

  void insert(ClearanceCheck check) {
    jdbc.sql("insert into clearance_check (id, plan_id, result, reason, since, checked_at) values (:id, :plan, :result, :reason, :since, :at)")
        .param("id", check.id())
        .param("plan", check.planId())
        .param("result", check.result().name())
        .param("reason", check.reason().name())
        .param("since", SqlTime.of(check.since()))
        .param("at", SqlTime.of(check.checkedAt()))
        .update();
  }

  void stillSo(String id, Instant at) {
    jdbc.sql("update clearance_check set checked_at = greatest(checked_at, :at) where id = :id").param("at", SqlTime.of(at)).param("id", id).update();
  }

  /** Plans that people are asked about now and of which nothing newer than this is known, the next deadline first. */
  List<String> due(Instant now, Instant newerThan, int most) {
    return jdbc.sql(
            """
            select a.plan_id from approval_request a
             where a.state in ('PENDING', 'HELD') and a.answer_deadline > :now
               and not exists (select 1 from clearance_check c where c.plan_id = a.plan_id and c.checked_at > :newer)
             order by a.answer_deadline limit :most""")
        .param("now", SqlTime.of(now))
        .param("newer", SqlTime.of(newerThan))
        .param("most", most)
        .query(String.class)
        .list();
  }
}
