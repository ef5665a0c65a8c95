package io.cordon.evidence.controls;

import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.controls.ControlFiles.Check;
import io.cordon.evidence.controls.ControlFiles.Mapped;
import io.cordon.evidence.controls.CoverageReport.Answer;
import io.cordon.evidence.controls.CoverageReport.Control;
import io.cordon.evidence.controls.CoverageReport.Failing;
import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks the log about a period, in one read-only snapshot, and shows the query with each answer. */
public class Coverage {
  /** Exceptions listed with one answer; more than these are more than anybody reads. */
  static final int MOST_EXCEPTIONS = 200;
  /** Changes listed for one period; a report with as many may have left some out. */
  public static final int MOST_CHANGES = 1_000;
  private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String PERIOD = """
      with period as (
        select seq, type, case_id, convert_from(leaf, 'UTF8')::jsonb as leaf from evidence_entry
         where seq >= :first and seq < :last and type in ('ACTION_INTENT', 'APPROVAL_GRANTED', 'BREAK_GLASS', 'MATERIAL_PURGED')
           and convert_from(leaf, 'UTF8')::jsonb ->> 'at' >= :from and convert_from(leaf, 'UTF8')::jsonb ->> 'at' < :to)
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate snapshot;
  private final List<Mapped> controls;
  private final List<Check> checks;

  Coverage(JdbcClient jdbc, TransactionTemplate snapshot, List<Mapped> controls, List<Check> checks) {
    this.jdbc = jdbc;
    this.snapshot = snapshot;
    this.controls = controls;
    this.checks = checks;
  }

  /** The part of the log in which the entries of a period are numbered, and some around them. */
  private record Part(Instant from, Instant to, long first, long last) {}

  /** The report of {@code from} up to, not including, {@code to}. */
  public CoverageReport of(Instant from, Instant to) {
    return snapshot.execute(status -> {
      Part part = new Part(from, to, sizeBefore(from.minus(EvidenceLog.NUMBERED_WITHIN)), sizeAfter(to.plus(EvidenceLog.NUMBERED_WITHIN)));
      List<String> changes = ask("select distinct case_id from period where type = 'ACTION_INTENT' order by case_id limit " + MOST_CHANGES, part)
          .query(String.class).list();
      return new CoverageReport(from, to, changes, checks.stream().map(check -> answer(check, part)).toList(), mapped(sizeBefore(from), sizeAfter(to)));
    });
  }

  private Answer answer(Check check, Part part) {
    long population = ask("select count(*) from (" + check.population() + ") asked", part).query(Long.class).single();
    List<Failing> failing = ask(check.exceptions() + " order by 2 limit " + MOST_EXCEPTIONS, part).query(Failing.class).list();
    return new Answer(check.id(), check.title(), check.controls(), population, failing, PERIOD + check.exceptions());
  }

  private StatementSpec ask(String query, Part part) {
    return jdbc.sql(PERIOD + query).param("first", part.first()).param("last", part.last())
        .param("from", MILLIS.format(part.from())).param("to", MILLIS.format(part.to()));
  }

  /** Counted by number and not by time, which an index alone can do. */
  private List<Control> mapped(long first, long last) {
    Map<String, Long> counts = new TreeMap<>();
    jdbc.sql("select type, count(*) as n from evidence_entry where seq >= :first and seq < :last group by type")
        .param("first", first).param("last", last)
        .query(row -> {
          counts.put(row.getString("type"), row.getLong("n"));
        });
    return controls.stream().map(control -> {
      Map<String, Long> events = new TreeMap<>();
      control.events().forEach(type -> events.put(type.name(), counts.getOrDefault(type.name(), 0L)));
      return new Control(control.id(), control.title(), control.also(), events);
    }).toList();
  }

  private long sizeBefore(Instant at) {
    return jdbc.sql("select coalesce(max(size), 0) from evidence_checkpoint where at < ?").param(SqlTime.of(at)).query(Long.class).single();
  }

  private long sizeAfter(Instant at) {
    return jdbc.sql("""
            select coalesce((select size from evidence_checkpoint where at >= ? order by at, size limit 1),
                            (select max(size) from evidence_checkpoint), 0)""")
        .param(SqlTime.of(at)).query(Long.class).single();
  }
}
