package io.cordon.alerts;

import io.cordon.platform.time.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The processes that the alerts of a case name. */
public class NamedProcesses {
  private static final int MOST = 50;
  private static final String OF_CASE =
      """
      select distinct p.id, p.pid, p.started_at, p.sha256 from alert_process p join alert a on a.system_alert_id = p.system_alert_id
       where a.case_id = :case\s""";

  private final JdbcClient jdbc;

  NamedProcesses(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One of them, under the number it is known by here. */
  public record Numbered(long number, NamedProcess process) {}

  /** Those of a case, at most 50. */
  public List<Numbered> ofCase(String caseId) {
    return jdbc.sql(OF_CASE + "order by p.started_at, p.id limit " + MOST).param("case", caseId).query(NamedProcesses::read).list();
  }

  /** One of a case by its number. */
  public Optional<NamedProcess> find(String caseId, long number) {
    return jdbc.sql(OF_CASE + "and p.id = :id").param("case", caseId).param("id", number).query(NamedProcesses::read).optional().map(Numbered::process);
  }

  /** Remembers what new alerts name; in the caller's transaction. */
  void record(List<Placed> placed) {
    placed.forEach(one -> one.alert().processes().forEach(process -> record(one.alert().systemAlertId(), process)));
  }

  private void record(String systemAlertId, NamedProcess process) {
    jdbc.sql("insert into alert_process (system_alert_id, pid, started_at, sha256) values (:alert, :pid, :started, :sha256) on conflict do nothing")
        .param("alert", systemAlertId)
        .param("pid", process.pid())
        .param("started", SqlTime.of(process.started()))
        .param("sha256", process.sha256())
        .update();
  }

  private static Numbered read(ResultSet row, int number) throws SQLException {
    return new Numbered(
        row.getLong("id"),
        new NamedProcess(row.getLong("pid"), row.getObject("started_at", OffsetDateTime.class).toInstant(), row.getString("sha256")));
  }
}
