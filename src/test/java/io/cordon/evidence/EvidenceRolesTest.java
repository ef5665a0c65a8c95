package io.cordon.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The roles of deploy/postgres/roles.sql on a real server. */
class EvidenceRolesTest {
  @TempDir static Path folder;
  private static EmbeddedPostgres server;
  private static EvidenceDatabase app;
  private static JdbcClient superuser;

  @BeforeAll
  static void runAsTheApplication() throws IOException {
    server = EvidenceDatabase.start();
    superuser = EvidenceDatabase.createWithRoles(server, "roles").jdbc;
    app = EvidenceDatabase.as(server, "cordon_app", "roles");
    app.log.append(EvidenceEvent.ofCase(EvidenceType.ACTION_INTENT, "c-1", null, Map.of("permit", "x-1")));
    app.pump(folder.resolve("last"), Bundles.KEY).flush();
    app.log.append(EvidenceEvent.ofCase(EvidenceType.ACTION_RESULT, "c-1", null, Map.of("permit", "x-1")));
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @Test
  void letsTheApplicationAppendSequenceAndSign() {
    assertThat(app.signedSize()).isEqualTo(1);
    assertThat(app.log.entriesOfCase("c-1")).singleElement().matches(EvidenceEntry::checkpointed);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "update evidence_entry set leaf = leaf || ' '", "delete from evidence_entry", "truncate evidence_entry", "drop table evidence_entry",
    "alter table evidence_entry disable trigger all", "alter table evidence_entry disable trigger evidence_entry_guard",
    "drop trigger evidence_entry_guard on evidence_entry", "alter table evidence_entry add column x text",
    "create or replace function evidence_refuse_change() returns trigger language plpgsql as 'begin return new; end'",
    "set session_replication_role = replica", "set role cordon_owner",
    "create trigger mine before insert on evidence_entry for each row execute function evidence_refuse_change()",
    "update evidence_checkpoint set note = 'x'", "delete from evidence_checkpoint", "truncate evidence_checkpoint cascade",
    "delete from evidence_stage", "update evidence_stage set case_id = 'x'", "update evidence_stage set body = 'x'",
    "update evidence_stage set state = 'STAGED', body = 'x' where state = 'SEQUENCED'",
    "delete from evidence_tree_state", "insert into evidence_tree_state values (2, 0, '')", "create table mine (x int)",
    "create function evil() returns void language sql as 'select 1'"})
  void refusesTheApplication(String change) {
    assertThatThrownBy(() -> app.jdbc.sql(change).update()).as(change)
        .hasStackTraceContaining("ERROR: ").satisfies(e -> assertThat(e.toString() + e.getCause()).containsPattern("permission denied|must be owner|append-only"));
  }

  @Test
  void letsNobodySignInAsTheOwner() {
    assertThatThrownBy(() -> EvidenceDatabase.as(server, "cordon_owner", "roles").jdbc.sql("select 1").query(Integer.class).single())
        .hasStackTraceContaining("not permitted to log in");
  }

  @Test
  void letsTheMigratorChangeTablesOnlyAsTheOwner() {
    JdbcClient migrator = EvidenceDatabase.as(server, "cordon_migrator", "roles").jdbc;
    assertThatThrownBy(() -> migrator.sql("create table mine (x int)").update()).hasStackTraceContaining("permission denied");
    assertThatThrownBy(() -> migrator.sql("select count(*) from evidence_entry").query(Long.class).single()).hasStackTraceContaining("permission denied");
    assertThatCode(() -> migrator.sql("set role cordon_owner; create table theirs (x int); drop table theirs").update()).doesNotThrowAnyException();
  }

  @Test
  void keepsTheGuardEvenFromASuperuserWhoPlaysAReplica() {
    for (String table : List.of("evidence_entry", "evidence_checkpoint", "evidence_stage")) {
      assertThatThrownBy(() -> superuser.sql("set session_replication_role = replica; delete from " + table).update())
          .as(table).hasStackTraceContaining("append-only");
    }
    superuser.sql("set session_replication_role = origin").update();
  }

  @Test
  void takesOverADatabaseThatRanWithoutRoles() throws IOException {
    EvidenceDatabase before = EvidenceDatabase.create(server, "before");
    EvidenceDatabase.runRoles(before);
    EvidenceDatabase after = EvidenceDatabase.as(server, "cordon_app", "before");
    after.log.append(EvidenceEvent.ofSystem(EvidenceType.HEARTBEAT, Map.of()));
    after.pump(folder.resolve("before"), Bundles.KEY).flush();
    assertThat(after.signedSize()).isEqualTo(1);
    assertThatThrownBy(() -> after.jdbc.sql("delete from evidence_entry").update()).hasStackTraceContaining("permission denied");
  }
}
