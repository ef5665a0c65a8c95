package io.cordon.alerts;

import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds cases, running and over, for whoever looks something up later. One query a page, each by an index. */
public class CaseSearch {
  private static final int MOST = 200;
  private static final String CASE = """
      select c.id, c.state, c.severity, c.detector, c.machine_name, c.mde_device_id, c.arc_id, c.clinical_service, c.outcome, c.merged_into,
             c.opened_at, c.closed_at
        from incident_case c where true
      """;

  private final JdbcClient jdbc;

  CaseSearch(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What is looked for; a field that is null or blank does not matter.
   *
   * @param caseId the whole id
   * @param host how the machine's name begins, in any case of letters
   * @param person object id of somebody who asked for or answered something in the case
   * @param from first moment at which it was opened, UTC; to, the first one after that
   * @param outcome how it ended, such as HANDLED
   * @param state OPEN, CLOSED or MERGED
   * @param severity such as High
   * @param service clinical service, such as PACS
   */
  public record Wanted(
      String caseId, String host, String person, Instant from, Instant to, String outcome, String state, String severity, String service) {}

  /**
   * The newest first.
   *
   * @param after id of the last case of the page before, or null for the first page
   */
  public List<CaseView> find(Wanted wanted, String after, int limit) {
    StringBuilder where = new StringBuilder(CASE);
    List<Object> values = new ArrayList<>();
    add(where, values, " and c.id = ?", text(wanted.caseId()));
    add(where, values, " and lower(c.machine_name) like lower(?)", text(wanted.host()) == null ? null : prefix(wanted.host().strip()));
    add(where, values, " and c.outcome = ?", text(wanted.outcome()));
    add(where, values, " and c.state = ?", text(wanted.state()));
    add(where, values, " and c.severity = ?", text(wanted.severity()));
    add(where, values, " and c.clinical_service = ?", text(wanted.service()));
    add(where, values, " and c.opened_at >= ?", wanted.from() == null ? null : SqlTime.of(wanted.from()));
    add(where, values, " and c.opened_at < ?", wanted.to() == null ? null : SqlTime.of(wanted.to()));
    add(where, values, " and (c.opened_at, c.id) < (select opened_at, id from incident_case where id = ?)", text(after));
    if (text(wanted.person()) != null) {
      // as an array it is looked up first, whatever else is asked: one person has few of the cases
      where.append("""
           and c.id = any(array(select r.case_id from case_requester r where r.oid = ?
                                union select a.case_id from approval_decision d join approval_request a on a.id = d.approval_id where d.oid = ?))
          """);
      values.addAll(List.of(wanted.person().strip(), wanted.person().strip()));
    }
    values.add(Math.min(limit, MOST));
    return jdbc.sql(where + " order by c.opened_at desc, c.id desc limit ?").params(values).query(CaseView.class).list();
  }

  /** These cases, in the order of their ids; one that is not there is left out. */
  public List<CaseView> of(Collection<String> ids) {
    return ids.isEmpty() ? List.of() : jdbc.sql(CASE + " and c.id = any(?) order by c.id").param(ids.toArray(String[]::new)).query(CaseView.class).list();
  }

  private static void add(StringBuilder where, List<Object> values, String condition, Object value) {
    if (value != null) {
      where.append(condition);
      values.add(value);
    }
  }

  private static String text(String given) {
    return given == null || given.isBlank() ? null : given.strip();
  }

  private static String prefix(String host) {
    return host.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }
}
