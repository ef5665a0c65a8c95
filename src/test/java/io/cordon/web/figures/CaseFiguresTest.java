package io.cordon.web.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Counts in tables whose rows are known. With -Dcordon.cases=100000 it also tells how long a year of so many takes. */
class CaseFiguresTest {
  private static final int CASES = Integer.getInteger("cordon.cases", 2_000);
  private static final ZoneId ZONE = ZoneId.of("Europe/Vienna");
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-16");
  private static final Period MONTH = new Period(LocalDate.parse("2026-10-27"), LocalDate.parse("2026-11-25"), ZONE);
  private static final List<String> STATEMENTS = new ArrayList<>();
  private static DriverManagerDataSource source;
  private static JdbcTemplate tables;

  @BeforeAll
  static void migrate() throws IOException {
    source = new DriverManagerDataSource(TestDatabase.create("case_figures"), "postgres", "postgres");
    tables = new JdbcTemplate(source);
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      for (Path file : files.sorted().toList()) {
        tables.execute(Files.readString(file));
      }
    }
  }

  @BeforeEach
  void empty() {
    tables.execute("truncate incident_case cascade");
    STATEMENTS.clear();
  }

  @Test
  void saysHowLongItTook() {
    contained("c1", "2026-11-17T10:00:00Z", 4, 600, 660, 4260);
    contained("c2", "2026-11-18T10:00:00Z", 8, 120, 180, 3780);
    contained("c3", "2026-11-24T10:00:00Z", 2, 1800, 1860, 5460);
    Figures found = ask(MONTH);
    assertThat(found.of(Measure.CASE).count()).isEqualTo(3);
    assertSpread(found.of(Measure.TOLD), 3, 4, 8, 8);
    assertSpread(found.of(Measure.DECIDED), 3, 600, 1800, 1800);
    assertSpread(found.of(Measure.ANSWER), 3, 599, 1799, 1799);
    assertSpread(found.of(Measure.CONTAINED), 3, 660, 1860, 1860);
    assertThat(found.of(Measure.EXPOSED).total()).isEqualTo(Duration.ofSeconds(660 + 180 + 1860));
    assertThat(found.of(Measure.ISOLATED).total()).isEqualTo(Duration.ofHours(3));
    assertSpread(found.of(Measure.CONTAINED, MONDAY), 2, 180, 660, 660);
    assertThat(found.of(Measure.CONTAINED, MONDAY.plusWeeks(1)).count()).isEqualTo(1);
    assertThat(found.weeks()).hasSize(5).startsWith(LocalDate.parse("2026-10-26"));
    assertThat(found.of(Measure.CONTAINED, MONDAY.minusWeeks(1)).count()).isZero();
  }

  @Test
  void countsExposureUntilItEndsInWhateverWay() {
    opened("never asked", "OPEN", "2026-11-25T10:00:00Z", null);
    opened("waits", "OPEN", "2026-11-25T11:00:00Z", null);
    request("waits", "PENDING", "2026-11-25T11:00:01Z", null);
    opened("window later", "OPEN", "2026-11-25T11:30:00Z", null);
    request("window later", "GRANTED", "2026-11-25T11:30:01Z", "2026-11-25T11:40:00Z");
    opened("refused", "CLOSED", "2026-11-25T09:00:00Z", "2026-11-25T11:00:00Z");
    request("refused", "REJECTED", "2026-11-25T09:00:01Z", "2026-11-25T09:10:00Z");
    opened("nobody answered", "CLOSED", "2026-11-25T08:00:00Z", "2026-11-25T09:00:00Z");
    request("nobody answered", "EXPIRED", "2026-11-25T08:00:01Z", "2026-11-25T08:15:00Z");
    opened("joined another", "MERGED", "2026-11-25T08:00:00Z", "2026-11-25T09:00:00Z");
    Figures found = ask(MONTH);
    assertThat(found.of(Measure.CASE).count()).as("one that joined another is none of its own").isEqualTo(5);
    assertThat(found.of(Measure.EXPOSED).count()).isEqualTo(4);
    assertThat(found.of(Measure.EXPOSED).total()).isEqualTo(Duration.ofMinutes(60 + 30 + 10 + 60));
    assertThat(found.of(Measure.DECIDED).count()).isEqualTo(2);
    assertThat(found.of(Measure.TOLD).count()).isZero();
    assertThat(found.of(Measure.CONTAINED).count()).isZero();
  }

  @Test
  void countsNoIsolationThatWasHeldBackAndNoneAfterItsRelease() {
    contained("c1", "2026-11-24T10:00:00Z", 4, 60, 120, 3720);
    tables.update("update execution_permit set mde_action_id = 'shadow-1'");
    assertThat(ask(MONTH).of(Measure.ISOLATED).count()).isZero();
    assertThat(ask(MONTH).of(Measure.CONTAINED).count()).isZero();
    tables.update("update execution_permit set mde_action_id = 'm'");
    tables.update("delete from execution_permit where action = 'UNISOLATE'");
    assertThat(ask(MONTH).of(Measure.ISOLATED).total()).as("no case closes while its machine is isolated").isEqualTo(Duration.ofSeconds(3_610));
    tables.update("update incident_case set state = 'OPEN', closed_at = null");
    assertThat(ask(MONTH).of(Measure.ISOLATED).total()).as("until now").isEqualTo(Duration.ofHours(26).minusMinutes(2));
    tables.update("insert into out_of_band_action (mde_action_id, mde_device_id, action, state, made, seen_at) values ('o', 'd-c1', 'UNISOLATE', 'SUCCEEDED', ?::timestamptz, ?::timestamptz)",
        "2026-11-24T10:32:00Z", "2026-11-24T10:33:00Z");
    assertThat(ask(MONTH).of(Measure.ISOLATED).total()).as("released in the portal").isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void knowsTheDaysOfTheHospital() {
    opened("before midnight", "OPEN", "2026-10-26T22:59:59Z", null);
    opened("after midnight", "OPEN", "2026-10-26T23:00:00Z", null);
    opened("today", "OPEN", "2026-11-25T22:59:59Z", null);
    opened("tomorrow", "OPEN", "2026-11-25T23:00:00Z", null);
    assertThat(ask(MONTH).of(Measure.CASE).count()).isEqualTo(2);
    assertThat(ask(MONTH).of(Measure.CASE, LocalDate.parse("2026-10-26")).count()).isEqualTo(1);
  }

  @Test
  void countsWhatWasRefusedOverriddenAndEscalated() {
    tables.update("insert into evidence_checkpoint (size, root, note, at) values (3, decode(repeat('00', 32), 'hex'), '', ?::timestamptz)", "2026-10-01T00:00:00Z");
    entry(1, "DECISION_REFUSED", "c", "2026-09-01T10:00:00Z", "\"refusal\":\"TOO_LATE\"");
    entry(3, "DECISION_REFUSED", "c", "2026-11-17T10:00:00Z", "\"refusal\":\"IS_A_REQUESTER\"");
    entry(4, "DECISION_REFUSED", "c", "2026-11-24T10:00:00Z", "\"refusal\":\"IS_A_REQUESTER\"");
    entry(5, "DECISION_REFUSED", "c", "2026-11-24T10:00:00Z", "\"refusal\":\"TOO_LATE\"");
    entry(6, "DECISION_REFUSED", null, "2026-11-24T10:00:00Z", "\"refusal\":\"SECOND_NEEDED\"");
    entry(7, "ESCALATED", "c", "2026-11-24T10:00:00Z", "\"reason\":\"NEXT_TIER\"");
    entry(8, "ESCALATED", "c", "2026-11-24T10:00:00Z", "\"reason\":\"REMINDED\"");
    opened("e", "OPEN", "2026-11-24T10:00:00Z", null);
    plan("e", "BREAK_GLASS", "2026-11-24T10:00:00Z");
    Figures found = ask(MONTH);
    assertThat(found.count(Counted.What.REFUSED)).isEqualTo(3);
    assertThat(found.count(Counted.What.REFUSED, MONDAY)).isEqualTo(1);
    assertThat(found.reasons(Counted.What.REFUSED).toString()).isEqualTo("[IS_A_REQUESTER=2, TOO_LATE=1]");
    assertThat(found.count(Counted.What.ESCALATED)).isEqualTo(1);
    assertThat(found.count(Counted.What.OVERRIDDEN)).isEqualTo(1);
    assertThat(ask(new Period(LocalDate.parse("2026-08-01"), LocalDate.parse("2026-09-30"), ZONE)).count(Counted.What.REFUSED)).isEqualTo(1);
  }

  @Test
  void asksTwiceHoweverLongThePeriodIsAndReadsNoTableWholly() {
    PastCases.fill(tables, NOW, CASES, Math.max(1, 500_000 / CASES));
    tables.update("insert into evidence_entry (seq, stage_id, type, leaf, leaf_hash) select 100 + n, gen_random_uuid(), 'ALERT_RECEIVED', '', decode(repeat('00', 32), 'hex') from generate_series(1, 5000) n");
    tables.execute("vacuum analyze");
    Period year = new Period(LocalDate.parse("2025-11-26"), LocalDate.parse("2026-11-25"), ZONE);
    Figures found = ask(year);
    assertThat(found.of(Measure.CASE).count()).isEqualTo(CASES);
    assertThat(STATEMENTS).hasSize(2);
    STATEMENTS.clear();
    Period week = new Period(LocalDate.parse("2026-11-19"), LocalDate.parse("2026-11-25"), ZONE);
    long before = rowsReadWholly();
    long looked = lookedUpInCounted();
    // so few rows are read wholly even where an index serves; so: whether one does
    var indexed = new DriverManagerDataSource(source.getUrl() + "?options=-c%20enable_seqscan=off", "postgres", "postgres");
    assertThat(figures(indexed, 10).of(week).of(Measure.CASE).count()).isPositive();
    assertThat(rowsReadWholly() - before).as("rows read by scanning").isZero();
    assertThat(lookedUpInCounted() - looked).as("the entries that count are found among all others").isEqualTo(1);
    for (Period period : List.of(week, MONTH, year)) {
      long start = System.nanoTime();
      ask(period);
      System.out.printf("figures of %d days, %d cases in all: %.0f ms%n", period.weeks().size() * 7, CASES, (System.nanoTime() - start) / 1e6);
    }
  }

  @Test
  void givesUpRatherThanKeepTheDatabaseBusy() throws SQLException {
    try (Connection other = source.getConnection()) {
      other.setAutoCommit(false);
      other.createStatement().execute("lock table incident_case in access exclusive mode");
      assertThatThrownBy(() -> figures(source, 1).of(MONTH)).isInstanceOf(QueryTimeoutException.class);
    }
  }

  @Test
  void refusesWhatIsNoPeriod() {
    for (String[] typed : new String[][] {{"2026-11-25", "2026-11-24"}, {"2025-11-24", "2026-11-25"}, {"x", ""}, {"", "2026-13-01"}, {"+999999999-12-31", ""}}) {
      assertThatThrownBy(() -> Period.typed(typed[0], typed[1], LocalDate.parse("2026-11-25"), ZONE)).as(typed[0]).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Period.typed("", null, LocalDate.parse("2026-11-25"), ZONE)).isEqualTo(MONTH);
  }

  private static Figures ask(Period period) {
    return figures(source, 10).of(period);
  }

  private static CaseFigures figures(DataSource database, int seconds) {
    JdbcTemplate counting = new JdbcTemplate(database) {
      @Override
      protected void applyStatementSettings(java.sql.Statement statement) throws SQLException {
        STATEMENTS.add(statement.toString());
        super.applyStatementSettings(statement);
      }
    };
    return new CaseFigures(JdbcClient.create(counting), Clock.fixed(NOW, ZoneOffset.UTC), new DataSourceTransactionManager(database), seconds);
  }

  private static void assertSpread(Spread spread, long count, long half, long most, long slowest) {
    assertThat(List.of(spread.count(), spread.half().toSeconds(), spread.most().toSeconds(), spread.slowest().toSeconds())).isEqualTo(List.of(count, half, most, slowest));
  }

  /** A case with all that belongs to it, in seconds from its opening. */
  private static void contained(String id, String at, int told, int answered, int isolated, int released) {
    Instant opened = Instant.parse(at);
    opened(id, "CLOSED", at, opened.plusSeconds(released + 10).toString());
    request(id, "GRANTED", opened.plusSeconds(1).toString(), opened.plusSeconds(answered).toString());
    tables.update("insert into request_reach values (?, 'TEAMS', true, ?::timestamptz), (?, 'PAGERDUTY', false, ?::timestamptz)",
        "a-" + id, opened.plusSeconds(told).toString(), "a-" + id, opened.toString());
    permit(id, "ISOLATE", opened.plusSeconds(isolated));
    permit(id, "UNISOLATE", opened.plusSeconds(released));
  }

  private static void opened(String id, String state, String at, String closed) {
    tables.update("insert into incident_case (id, state, severity, detector, opened_at, closed_at) values (?, ?, 'High', 'MDE', ?::timestamptz, ?::timestamptz)", id, state, at, closed);
  }

  private static void plan(String caseId, String route, String at) {
    tables.update("""
        insert into plan (id, case_id, plan_hash, canonical, action, route, assurance, answer_minutes, max_isolation_hours, release, clinical_service, made_at)
        values (?, ?, 'h', '{}', 'ISOLATE', ?, 'CHANNEL', 15, 24, 'BY_HAND', 'PACS', ?::timestamptz)""", "pl-" + caseId, caseId, route, at);
  }

  private static void request(String caseId, String state, String asked, String decided) {
    plan(caseId, "CLINICAL_APPROVAL", asked);
    tables.update("""
        insert into approval_request (id, case_id, plan_id, process_instance, state, request_revision, tier, approver_role, clinical_service, quorum, asked_at, answer_deadline, decided_at)
        values (?, ?, ?, 'x', ?, 1, 1, 'Clinical.Approver', 'PACS', 1, ?::timestamptz, ?::timestamptz, ?::timestamptz)""",
        "a-" + caseId, caseId, "pl-" + caseId, state, asked, asked, decided);
  }

  private static void permit(String caseId, String action, Instant settled) {
    tables.update("""
        insert into execution_permit (id, case_id, approval_id, target_ordinal, action, attempt, mde_device_id, decision_hash, token, state, not_after, intent_stage, mde_action_id, intended_at, settled_at)
        values (?, ?, ?, 0, ?, 1, ?, 'h', ?, 'SUCCEEDED', ?::timestamptz, gen_random_uuid(), 'm', ?::timestamptz, ?::timestamptz)""",
        action + caseId, caseId, "a-" + caseId, action, "d-" + caseId, action + caseId, settled.toString(), settled.minusSeconds(30).toString(), settled.toString());
  }

  private static void entry(int seq, String type, String caseId, String at, String data) {
    tables.update("insert into evidence_entry (seq, stage_id, case_id, type, leaf, leaf_hash) values (?, gen_random_uuid(), ?, ?, convert_to(?, 'UTF8'), decode(repeat('00', 32), 'hex'))",
        seq, caseId, type, "{\"at\":\"" + at + "\",\"data\":{" + data + "}}");
  }

  private static long lookedUpInCounted() {
    return tables.queryForList("select idx_scan from pg_stat_user_indexes where indexrelname = 'evidence_entry_counted'", Long.class).stream().findFirst().orElse(0L);
  }

  private static long rowsReadWholly() {
    tables.queryForList("select pg_stat_force_next_flush()");
    return tables.queryForObject("""
        select sum(seq_tup_read) from pg_stat_user_tables
         where relname in ('incident_case', 'approval_request', 'execution_permit', 'request_reach', 'out_of_band_action', 'plan', 'evidence_entry')""", Long.class);
  }
}
