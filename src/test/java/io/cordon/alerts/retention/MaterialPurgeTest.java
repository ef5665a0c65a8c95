package io.cordon.alerts.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.alerts.CaseBooks;
import io.cordon.evidence.EvidenceLog;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.platform.sealed.SealedPurge;
import io.cordon.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class MaterialPurgeTest {
  private static final Instant NOW = Instant.parse("2033-01-02T03:40:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Person AUDITOR = new Person("t", "aud", "", Set.of("Auditor"), Set.of());
  private static DriverManagerDataSource source;

  private final JdbcClient jdbc = JdbcClient.create(source);
  private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
  private final EvidenceLog log = new EvidenceLog(jdbc, CLOCK);
  private final LegalHolds holds = new LegalHolds(jdbc, log, CLOCK, transaction);
  private MaterialPurge purge;

  @BeforeAll
  static void tables() throws IOException {
    source = new DriverManagerDataSource(TestDatabase.create("retention"), "postgres", "postgres");
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      for (Path file : files.filter(one -> one.toString().matches(".*__(cases_and_approvals|evidence_.*|sealed_key|retention)\\.sql")).sorted().toList()) {
        new JdbcTemplate(source).execute(Files.readString(file));
      }
    }
  }

  @BeforeEach
  void twoCasesOneOldOneYoung() {
    jdbc.sql("delete from legal_hold; delete from sealed_material; delete from incident_case; alter table evidence_stage disable trigger all; delete from evidence_stage").update();
    over("old", NOW.minus(Duration.ofDays(2193)));
    over("young", NOW.minus(Duration.ofDays(2191)));
    jdbc.sql("insert into incident_case (id, state, severity, detector, opened_at) values ('open', 'OPEN', 'High', 'd', timestamp '2020-01-01')").update();
    sealed("old", NOW);
    sealed("young", NOW);
    sealed("open", NOW);
    sealed(null, NOW.minus(Duration.ofDays(2193)));
    sealed(null, NOW.minus(Duration.ofDays(10)));
    purge = new MaterialPurge(jdbc, new SealedPurge(jdbc), log, new RetentionProperties(Duration.ofDays(2192)), CLOCK, transaction);
  }

  @Test
  void deletesWhatIsOverForSixYearsAndSaysSo() {
    purge.run();
    assertThat(left()).containsExactlyInAnyOrder("old=0", "young=1", "open=1", "none=1");
    assertThat(entries()).hasSize(2).allMatch(entry -> entry.contains("\"type\":\"MATERIAL_PURGED\"") && entry.contains("\"count\":1"))
        .anyMatch(entry -> entry.contains("\"case\":\"old\"") && entry.contains("\"sha256\":\"" + "ab".repeat(32)));
    purge.run();
    assertThat(entries()).hasSize(2);
  }

  @Test
  void leavesWhatIsHeldUntilTheHoldIsLifted() {
    assertThat(holds.set("old", HoldReason.LITIGATION, AUDITOR, Role.AUDITOR)).isTrue();
    assertThat(holds.set("old", HoldReason.REGULATOR, AUDITOR, Role.AUDITOR)).isFalse();
    purge.run();
    assertThat(left()).contains("old=1");
    assertThat(holds.lift("old", AUDITOR, Role.AUDITOR)).isTrue();
    assertThat(holds.lift("old", AUDITOR, Role.AUDITOR)).isFalse();
    purge.run();
    assertThat(left()).contains("old=0");
    assertThat(entries()).filteredOn(entry -> entry.contains("LEGAL_HOLD")).hasSize(2);
    assertThat(holds.ofCase("old")).singleElement().extracting(LegalHolds.Hold::liftedOid).isEqualTo("aud");
  }

  @Test
  void leavesWhatWasMergedIntoAHeldCaseByWayOfAnother() {
    over("first", NOW.minus(Duration.ofDays(2200)));
    over("second", NOW.minus(Duration.ofDays(2199)));
    jdbc.sql("update incident_case set state = 'MERGED', merged_into = 'second' where id = 'first'; update incident_case set state = 'MERGED', merged_into = 'old' where id = 'second'")
        .update();
    sealed("first", NOW);
    sealed("second", NOW);
    holds.set("old", HoldReason.LITIGATION, AUDITOR, Role.AUDITOR);
    purge.run();
    assertThat(left()).contains("old=1", "first=1", "second=1");
    assertThat(CaseBooks.on(jdbc, CLOCK).mergedInto("old")).containsExactly("first", "second");
    holds.lift("old", AUDITOR, Role.AUDITOR);
    purge.run();
    assertThat(left()).contains("old=0", "first=0", "second=0");
  }

  @Test
  void deletesNothingThatItCannotRecord() {
    jdbc.sql("alter table evidence_stage rename to away").update();
    try {
      assertThatThrownBy(purge::run);
    } finally {
      jdbc.sql("alter table away rename to evidence_stage").update();
    }
    assertThat(left()).contains("old=1");
  }

  @Test
  void refusesToKeepLessThanSixYears() {
    assertThatThrownBy(() -> new RetentionProperties(Duration.ofDays(365))).hasMessageContaining("six years");
  }

  private void over(String id, Instant closed) {
    jdbc.sql("insert into incident_case (id, state, severity, detector, opened_at, closed_at) values (?, 'CLOSED', 'High', 'd', ?, ?)")
        .params(id, closed.atOffset(ZoneOffset.UTC), closed.atOffset(ZoneOffset.UTC)).update();
  }

  private void sealed(String caseId, Instant at) {
    jdbc.sql("insert into sealed_material (id, case_id, kind, salt, sha256, nonce, cipher, sealed_at) values (?, ?, 'alert', '', ?, '', '', ?)")
        .params(UUID.randomUUID(), caseId, "ab".repeat(32), at.atOffset(ZoneOffset.UTC)).update();
  }

  private List<String> left() {
    return jdbc.sql("""
            select coalesce(id, 'none') || '=' || (select count(*) from sealed_material s where s.case_id is not distinct from c.id)
              from (select id from incident_case union all select null) c""").query(String.class).list();
  }

  private List<String> entries() {
    return jdbc.sql("select body from evidence_stage order by staged_order").query((row, number) -> new String(row.getBytes(1), StandardCharsets.UTF_8)).list();
  }
}
