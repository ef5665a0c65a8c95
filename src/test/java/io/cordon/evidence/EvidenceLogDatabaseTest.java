package io.cordon.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class EvidenceLogDatabaseTest {
  private static EmbeddedPostgres server;
  private static int databases;

  @TempDir Path folder;
  private String name;
  private EvidenceDatabase db;
  private EvidencePump pump;

  @BeforeAll
  static void startServer() throws IOException {
    server = EvidenceDatabase.start();
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @BeforeEach
  void createDatabase() throws IOException {
    name = "log" + databases++;
    db = EvidenceDatabase.create(server, name);
    pump = db.pump(folder.resolve("last"), Bundles.KEY);
  }

  @Test
  void signsWhatWasCommittedAtTheNextFlush() {
    UUID id = append(db, "c-1");
    assertThat(db.log.sequenceOf(id)).isEmpty();
    assertThat(db.log.isCheckpointed(id)).isFalse();
    pump.flush();
    assertThat(db.log.sequenceOf(id)).hasValue(0);
    assertThat(db.log.isCheckpointed(id)).isTrue();
    assertThat(db.signedSize()).isEqualTo(1);
    assertThat(db.log.entriesOfCase("c-1")).singleElement().extracting(EvidenceEntry::json).isEqualTo(
        "{\"at\":\"2026-01-02T03:04:05.678Z\",\"case\":\"c-1\",\"data\":{\"permit\":\"x-1\"},\"seq\":0,"
            + "\"type\":\"ACTION_INTENT\",\"v\":1}");
    UUID later = append(db, null);
    assertThat(db.log.isCheckpointed(later)).isFalse();
    assertThat(db.log.isCheckpointed(UUID.randomUUID())).isFalse();
  }

  @Test
  void givesTheEntriesOfACaseInPages() {
    int all = EvidenceLog.CASE_PAGE + 3;
    db.transaction.executeWithoutResult(status -> LongStream.range(0, all).forEach(n -> {
      append(db, "c-1");
      append(db, "c-2");
    }));
    pump.flush();
    List<EvidenceEntry> newest = db.log.entriesOfCase("c-1");
    assertThat(newest).hasSize(EvidenceLog.CASE_PAGE).allMatch(entry -> "c-1".equals(entry.caseId()));
    assertThat(newest).extracting(EvidenceEntry::seq).isSorted().endsWith(2L * all - 2);
    assertThat(db.log.entriesOfCaseBefore("c-1", newest.get(0).seq())).extracting(EvidenceEntry::seq).containsExactly(0L, 2L, 4L);
    List<EvidenceEntry> first = db.log.entriesOfCaseFrom("c-1", 0);
    assertThat(first).hasSize(EvidenceLog.CASE_PAGE).first().extracting(EvidenceEntry::seq).isEqualTo(0L);
    assertThat(db.log.entriesOfCaseFrom("c-1", first.get(first.size() - 1).seq() + 1)).hasSize(3);
    assertThat(db.log.entriesOfCaseFrom("c-1", 2L * all)).isEmpty();
  }

  @Test
  void givesWhatWasSignedOfSomeCasesByItsKind() {
    append(db, "c-1");
    append(db, "c-2");
    append(db, "c-3");
    pump.flush();
    append(db, "c-1");
    pump.flush();
    List<EvidenceType> intents = List.of(EvidenceType.ACTION_INTENT);
    assertThat(db.log.signedOfCases(List.of("c-1", "c-3"), intents, 3)).extracting(EvidenceEntry::seq).containsExactly(0L, 2L);
    assertThat(db.log.signedOfCases(List.of("c-1"), intents, 4)).extracting(EvidenceEntry::seq).containsExactly(0L, 3L);
    assertThat(db.log.signedOfCases(List.of("c-1"), List.of(EvidenceType.BREAK_GLASS), 4)).isEmpty();
  }

  @Test
  void leavesNoGapForARolledBackAppend() {
    UUID first = append(db, "c-1");
    UUID lost = db.transaction.execute(status -> {
      status.setRollbackOnly();
      return append(db, "c-1");
    });
    pump.flush();
    UUID second = append(db, "c-1");
    pump.flush();
    assertThat(db.log.sequenceOf(first)).hasValue(0);
    assertThat(db.log.sequenceOf(second)).hasValue(1);
    assertThat(db.log.sequenceOf(lost)).isEmpty();
  }

  @Test
  void takesAnEventThatCommitsAfterALaterOne() {
    UUID[] slow = new UUID[1];
    UUID[] fast = new UUID[1];
    db.transaction.executeWithoutResult(status -> {
      slow[0] = append(db, "c-slow");
      onAnotherThread(() -> {
        fast[0] = append(db, "c-fast");
        pump.flush();
      });
    });
    pump.flush();
    assertThat(db.log.sequenceOf(fast[0])).hasValue(0);
    assertThat(db.log.sequenceOf(slow[0])).hasValue(1);
  }

  @Test
  void ordersConcurrentAppendsAndFlushesWithoutGaps() throws Exception {
    EvidencePump otherNode = db.pump(folder.resolve("other"), Bundles.KEY);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> work = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      EvidencePump mine = thread % 2 == 0 ? pump : otherNode;
      work.add(threads.submit(() -> {
        for (int i = 0; i < 80; i++) {
          UUID id = append(db, "c-" + i);
          if (i % 20 == 0) {
            mine.flush();
            assertThat(db.log.isCheckpointed(id)).isTrue();
          }
        }
      }));
    }
    for (Future<?> done : work) {
      done.get();
    }
    threads.shutdown();
    pump.flush();
    List<EvidenceEntry> entries = db.log.entries(0, 1_000);
    assertThat(entries.stream().map(EvidenceEntry::seq)).isEqualTo(LongStream.range(0, 640).boxed().toList());
    assertThat(db.signedSize()).isEqualTo(640);
  }

  @Test
  void exportsABundleThatVerifiesUntilSomebodyEditsTheDatabase() throws IOException {
    for (int i = 0; i < 1_203; i++) {
      append(db, "c-" + i % 7);
    }
    pump.flush();
    append(db, "c-unsigned");
    assertThat(verifyExport()).startsWith("OK 1203 entries");
    db.jdbc.sql("alter table evidence_entry disable trigger evidence_entry_guard").update();
    db.jdbc.sql("update evidence_entry set leaf = leaf || ' ' where seq = 1100").update();
    assertThat(verifyExport()).startsWith("BAD entry 1100:");
  }

  @Test
  void checksTheEntriesOfACaseWhereTheyAreAndNamesTheEditedOne() {
    CaseCheck check = new CaseCheck(db.log, new EvidenceProofs(db.jdbc), new PublishedKeys(db.jdbc, Bundles.KEY.verifierKey()));
    assertThat(check.check("c-1").ok()).as("nothing is signed").isFalse();
    List.of("c-1", "c-2", "c-1").forEach(caseId -> append(db, caseId));
    pump.flush();
    append(db, "c-1");
    db.transaction.executeWithoutResult(status -> {});
    CaseCheck.Report good = check.check("c-1");
    assertThat(good.text()).startsWith("OK 2 of 3 entries, root ");
    assertThat(check.check("c-3").ok()).as("a case without entries").isFalse();
    assertThat(db.log.firstCheckpoints(List.of(0L, 2L, 3L))).isEqualTo(java.util.Map.of(0L, 3L, 2L, 3L));
    db.jdbc.sql("alter table evidence_entry disable trigger user").update();
    db.jdbc.sql("update evidence_entry set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), 'x-1', 'x-2'), 'UTF8') where seq = 2").update();
    assertThat(check.check("c-1").text()).isEqualTo("BAD entry 2: is not what was signed");
    assertThat(check.check("c-2").ok()).isTrue();
  }

  @Test
  void haltsWhenABackupWasRestored() {
    append(db, "c-1");
    pump.flush();
    EvidenceDatabase backup = db.backup(server, name, name + "_backup");
    append(db, "c-1");
    append(db, "c-1");
    pump.flush();
    EvidencePump restored = backup.pump(folder.resolve("last"), Bundles.KEY);
    assertThatThrownBy(restored::flush).isInstanceOf(EvidenceHaltedException.class).hasMessageContaining("went back");
    append(backup, "c-2");
    append(backup, "c-2");
    append(backup, "c-2");
    assertThatThrownBy(restored::flush).isInstanceOf(EvidenceHaltedException.class)
        .hasMessageContaining("does not continue");
    assertThat(backup.signedSize()).isEqualTo(1);
  }

  @Test
  void haltsForAForeignCheckpointOrADamagedMemory() throws IOException {
    append(db, "c-1");
    pump.flush();
    assertThatThrownBy(db.pump(folder.resolve("new"), Bundles.key(2))::flush)
        .isInstanceOf(EvidenceHaltedException.class).hasMessageContaining("not ours");
    Path memory = folder.resolve("last");
    Files.writeString(memory, Files.readString(memory).replaceFirst("\n.", "\nz"));
    assertThatThrownBy(pump::flush).isInstanceOf(EvidenceHaltedException.class).hasMessageContaining("damaged");
  }

  @Test
  void countsAsHaltedWhileItsMemoryCannotBeWrittenAndSignsAgainAfterwards() throws IOException {
    Path full = Files.createDirectory(folder.resolve("last.next"));
    SignerPace pace = new SignerPace(db.jdbc);
    append(db, "c-1");
    assertThatThrownBy(pump::flush).isInstanceOf(UncheckedIOException.class);
    assertThat(pump.halted()).hasValueSatisfying(why -> assertThat(why).contains("UncheckedIOException", "FileSystemException").doesNotContain("last.next"));
    for (int look = 0; look < SignerPace.LOOKS; look++) {
      pace.look();
      assertThat(pace.isLate()).isFalse();
    }
    pace.look();
    assertThat(pace.isLate()).isTrue();

    Files.delete(full);
    pump.flush();
    pace.look();
    assertThat(pump.halted()).isEmpty();
    assertThat(pace.isLate()).isFalse();
    assertThat(db.signedSize()).isEqualTo(1);
  }

  @Test
  void isLateOnlyWhenTheSameEventWaitsLookAfterLook() {
    SignerPace pace = new SignerPace(db.jdbc);
    for (int look = 0; look < 2 * SignerPace.LOOKS; look++) {
      append(db, "c-1");
      pace.look();
      pump.flush();
    }
    assertThat(pace.isLate()).isFalse();
    append(db, "c-1");
    for (int look = 0; look <= SignerPace.LOOKS; look++) {
      pace.look();
    }
    assertThat(pace.isLate()).isTrue();
  }

  @Test
  void isNotHaltedByADatabaseThatIsAway() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setPortNumbers(new int[] {1});
    EvidencePump away = EvidenceDatabase.over(nowhere).pump(folder.resolve("away"), Bundles.KEY);
    assertThatThrownBy(away::flush).isInstanceOf(RuntimeException.class);
    assertThat(away.halted()).isEmpty();
  }

  @Test
  void continuesANodeWithoutMemoryFromTheSignedLog() {
    append(db, "c-1");
    pump.flush();
    append(db, "c-1");
    db.pump(folder.resolve("new"), Bundles.KEY).flush();
    pump.flush();
    assertThat(db.signedSize()).isEqualTo(2);
  }

  @Test
  void refusesToChangeEntriesAndCheckpoints() {
    append(db, "c-1");
    pump.flush();
    for (String change : List.of("update evidence_entry set case_id = 'x'", "delete from evidence_entry",
        "truncate evidence_entry", "update evidence_checkpoint set note = 'x'", "delete from evidence_checkpoint",
        "truncate evidence_checkpoint cascade", "update evidence_entry set case_id = 'x' where seq = 99",
        "set session_replication_role = replica; update evidence_entry set case_id = 'x'")) {
      assertThatThrownBy(() -> db.jdbc.sql(change).update()).as(change).hasMessageContaining("append-only");
    }
  }

  @Test
  void refusesToFlushInsideATransactionAndToReadTooMuch() {
    assertThatThrownBy(() -> db.transaction.executeWithoutResult(status -> pump.flush()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> db.log.entries(0, 1_001)).isInstanceOf(IllegalArgumentException.class);
  }

  private String verifyExport() throws IOException {
    Path file = folder.resolve("bundle.zip");
    try (OutputStream out = Files.newOutputStream(file)) {
      new EvidenceBundle(db.log, new PublishedKeys(db.jdbc, Bundles.KEY.verifierKey())).write(out);
    }
    ByteArrayOutputStream report = new ByteArrayOutputStream();
    VerifyCommand.run(new String[] {file.toString()}, new PrintStream(report));
    return report.toString();
  }

  private static UUID append(EvidenceDatabase db, String caseId) {
    return db.log.append(EvidenceEvent.ofCase(EvidenceType.ACTION_INTENT, caseId, null, Map.of("permit", "x-1")));
  }

  private static void onAnotherThread(Runnable work) {
    Thread thread = new Thread(work);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
