package io.cordon.alerts;

import io.cordon.platform.time.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
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

  /** One process of one alert. */
  private record Row(String systemAlertId, NamedProcess process) {}

  /** Remembers what new alerts name, in one statement; in the caller's transaction. */
  void record(List<Placed> placed) {
    List<Row> rows =
        placed.stream().flatMap(one -> one.alert().processes().stream().map(process -> new Row(one.alert().systemAlertId(), process))).toList();
    if (!rows.isEmpty()) {
      jdbc.sql(
              """
              insert into alert_process (system_alert_id, pid, started_at, sha256)
              select alert, pid, started::timestamptz, sha256 from unnest(:alerts, :pids, :started, :hashes) as named (alert, pid, started, sha256)
              on conflict do nothing""")
          .param("alerts", rows.stream().map(Row::systemAlertId).toArray(String[]::new))
          .param("pids", rows.stream().map(row -> row.process().pid()).toArray(Long[]::new))
          .param("started", rows.stream().map(row -> row.process().started().toString()).toArray(String[]::new))
          .param("hashes", rows.stream().map(row -> row.process().sha256()).toArray(String[]::new))
          .update();
    }
  }

  private static Numbered read(ResultSet row, int number) throws SQLException {
    return new Numbered(
        row.getLong("id"),
        new NamedProcess(row.getLong("pid"), SqlTime.read(row, "started_at"), row.getString("sha256")));
  }
}
