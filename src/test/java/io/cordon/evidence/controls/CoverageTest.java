package io.cordon.evidence.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class CoverageTest {
  private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
  private static int databases;

  @TempDir Path folder;
  private JdbcClient jdbc;
  private Coverage coverage;
  private long next;

  @BeforeEach
  void emptyLog() throws IOException {
    var source = new DriverManagerDataSource(TestDatabase.create("coverage" + databases++), "postgres", "postgres");
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      for (Path file : files.filter(one -> one.toString().matches(".*__(cases_and_approvals|evidence_.*)\\.sql")).sorted().toList()) {
        new JdbcTemplate(source).execute(Files.readString(file));
      }
    }
    jdbc = JdbcClient.create(source);
    coverage = new Coverage(jdbc, new TransactionTemplate(new JdbcTransactionManager(source)), ControlFiles.controls(null), ControlFiles.checks());
  }

  @Test
  void holdsForAChangeAsItShouldBe() {
    goodCase("c-good");
    signed();
    CoverageReport report = coverage.of(JANUARY, FEBRUARY);
    assertThat(report.changes()).containsExactly("c-good");
    assertThat(report.checks()).allMatch(CoverageReport.Answer::holds).allMatch(answer -> answer.query().contains("from evidence_entry"));
    assertThat(answer(report, "approved-before-action").population()).isEqualTo(1);
    assertThat(report.controls()).anySatisfy(control -> {
      assertThat(control.id()).isEqualTo("HIPAA 164.316(b)");
      assertThat(control.events()).containsEntry("APPROVAL_GRANTED", 1L).containsEntry("MATERIAL_PURGED", 0L);
    });
    assertThat(coverage.of(FEBRUARY, FEBRUARY.plusSeconds(86_400)).changes()).isEmpty();
  }

  @Test
  void countsWhatHappenedBeforeMidnightThoughItWasNumberedAfterwards() {
    entry("c-other", "CASE_OPENED", "", "");
    signed(FEBRUARY.plusMillis(500));
    entry("c-night", "ACTION_INTENT", "", "\"approval\":\"a-1\",\"permit\":\"x-1\"");
    signed(FEBRUARY.plusSeconds(2));
    assertThat(coverage.of(JANUARY, FEBRUARY).changes()).containsExactly("c-night");
    assertThat(coverage.of(FEBRUARY, FEBRUARY.plusSeconds(86_400)).changes()).isEmpty();
  }

  @Test
  void listsEveryChangeThatIsNotAsItShouldBe() {
    jdbc.sql("insert into incident_case (id, state, severity, detector, opened_at) values ('c-self', 'OPEN', 'High', 'd', '2026-01-01')").update();
    jdbc.sql("insert into case_requester (case_id, tid, oid, deed, at) values ('c-self', 't', 'same', 'LAUNCHED', '2026-01-01')").update();
    entry("c-none", "ACTION_INTENT", "", "\"approval\":\"a-0\",\"permit\":\"x-0\"");
    goodCase("c-good");
    entry("c-self", "APPROVAL_GRANTED", "same", "\"approval\":\"a-2\"");
    entry("c-late", "ACTION_INTENT", "", "\"approval\":\"a-3\",\"permit\":\"x-3\"");
    entry("c-late", "APPROVAL_GRANTED", "somebody", "\"approval\":\"a-3\"");
    entry("c-glass", "BREAK_GLASS", "", "\"step\":\"BROKEN\"");
    entry("c-gone", "MATERIAL_PURGED", "", "\"retentionDays\":30,\"before\":\"2025-12-01T00:00:00Z\"");
    signed();
    CoverageReport report = coverage.of(JANUARY, FEBRUARY);
    assertThat(report.changes()).containsExactly("c-good", "c-late", "c-none");
    assertFailing(report, "approved-before-action", "c-none", "c-late");
    assertFailing(report, "separation-of-duties", "c-self");
    assertFailing(report, "one-outcome", "c-none", "c-late");
    assertFailing(report, "emergencies-reviewed", "c-glass");
    assertFailing(report, "backout-planned", "c-none", "c-late");
    assertFailing(report, "kept-six-years", "c-gone");
  }

  @Test
  void takesAMappingOfTheHospitalsOwnAndRefusesEventsThatAreNone() throws IOException {
    Path own = folder.resolve("own.yaml");
    Files.writeString(own, "controls:\n  - {id: OURS 1, title: Ours, events: [CASE_OPENED]}\n");
    assertThat(ControlFiles.controls(own)).singleElement().extracting(ControlFiles.Mapped::id).isEqualTo("OURS 1");
    Files.writeString(own, "controls:\n  - {id: OURS 1, title: Ours, events: [CASE_OPEND]}\n");
    assertThatThrownBy(() -> ControlFiles.controls(own)).hasMessageContaining("CASE_OPEND");
  }

  private void goodCase(String id) {
    entry(id, "PLAN_MADE", "", "\"canonical\":\"{\\\"backout\\\":\\\"UNISOLATE_OR_CONSOLE\\\"}\"");
    entry(id, "APPROVAL_GRANTED", "somebody", "\"approval\":\"a-1\"");
    entry(id, "ACTION_INTENT", "", "\"approval\":\"a-1\",\"permit\":\"x-1\"");
    entry(id, "ACTION_RESULT", "", "\"permit\":\"x-1\",\"result\":\"SUCCEEDED\"");
  }

  private void entry(String caseId, String type, String oid, String data) {
    String actor = oid.isEmpty() ? "" : "\"actor\":{\"oid\":\"" + oid + "\",\"tid\":\"t\"},";
    String leaf = "{" + actor + "\"at\":\"2026-01-10T00:00:0" + next % 10 + ".000Z\",\"data\":{" + data + "}}";
    jdbc.sql("insert into evidence_entry (seq, stage_id, case_id, type, leaf, leaf_hash) values (?, ?, ?, ?, ?, ?)")
        .params(next++, UUID.randomUUID(), caseId, type, leaf.getBytes(StandardCharsets.UTF_8), new byte[32]).update();
  }

  private void signed() {
    signed(Instant.parse("2026-01-10T00:01:00Z"));
  }

  private void signed(Instant at) {
    jdbc.sql("insert into evidence_checkpoint (size, root, note, at) values (?, ?, '', ?)")
        .params(next, new byte[32], at.atOffset(ZoneOffset.UTC)).update();
  }

  private static CoverageReport.Answer answer(CoverageReport report, String id) {
    return report.checks().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  private static void assertFailing(CoverageReport report, String id, String... cases) {
    assertThat(answer(report, id).exceptions()).as(id).extracting(CoverageReport.Failing::caseId).containsExactly(cases);
  }
}
