package io.cordon.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an auditor can do with a real log: keys of other years, checkpoints of other days, single entries, the database. */
class EvidenceChecksTest {
  private static final SigningKey NEW = Bundles.key(2);
  private static EmbeddedPostgres server;
  private static int databases;

  @TempDir Path folder;
  private EvidenceDatabase db;

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
    db = EvidenceDatabase.create(server, "checks" + databases++);
  }

  @Test
  void letsAnOldKeyVouchForTheNewOne() throws Exception {
    append(3);
    pump(Bundles.KEY, null).flush();
    append(2);
    pump(NEW, Bundles.KEY).flush();
    append(1);
    pump(NEW, null).flush();
    Path bundle = bundle(NEW);
    assertThat(both(bundle, "--vkey", NEW.verifierKey().text())).startsWith("OK 7 entries");
    assertThat(both(bundle, "--vkey", Bundles.KEY.verifierKey().text())).startsWith("OK 7 entries");
    assertThat(both(bundle, "--vkey", Bundles.key(3).verifierKey().text())).startsWith("BAD bundle");
    assertThat(db.log.entries(0, 9)).extracting(EvidenceEntry::type).containsOnlyOnce(EvidenceType.KEY_ROTATED);
    assertThat(new PublishedKeys(db.jdbc, NEW.verifierKey()).all()).extracting(PublishedKeys.Published::fromSize).containsExactly(0L, 3L);
  }

  @Test
  void refusesAKeyThatNobodyHandedOverTo() throws Exception {
    append(3);
    pump(Bundles.KEY, null).flush();
    append(1);
    assertThatThrownBy(pump(NEW, null)::flush).isInstanceOf(EvidenceHaltedException.class).hasMessageContaining("another key");
    assertThat(SigningKeys.known(db.jdbc)).containsExactly(Bundles.KEY.verifierKey().text());
    Bundles forged = Bundles.of(Bundles.lines(4, new java.util.Random(5)), NEW);
    forged.keys = List.of(Bundles.KEY.verifierKey().text(), NEW.verifierKey().text());
    assertThat(both(forged.zip(folder.resolve("forged.zip")), "--vkey", Bundles.KEY.verifierKey().text())).startsWith("BAD bundle: no checkpoint shows");
  }

  @Test
  void findsAForkByACheckpointOfAnotherDay() throws Exception {
    append(4);
    pump(Bundles.KEY, null).flush();
    Path kept = Files.writeString(folder.resolve("kept.txt"), db.log.latestCheckpoint().orElseThrow());
    append(3);
    pump(Bundles.KEY, null).flush();
    assertThat(both(bundle(Bundles.KEY), "--checkpoint", kept.toString())).startsWith("OK 7 entries");
    // signed again by the very key, but with another history
    Path fork = Bundles.of(Bundles.lines(7, new java.util.Random(8)), Bundles.KEY).zip(folder.resolve("fork.zip"));
    assertThat(both(fork)).startsWith("OK 7 entries");
    assertThat(both(fork, "--checkpoint", kept.toString())).isEqualTo("BAD bundle: it does not continue the earlier checkpoint of 4 entries");
    Path shorter = Bundles.of(Bundles.lines(3, new java.util.Random(8)), Bundles.KEY).zip(folder.resolve("shorter.zip"));
    assertThat(both(shorter, "--checkpoint", kept.toString())).startsWith("BAD bundle: an earlier checkpoint covers 4");
  }

  @Test
  void comparesTwoCheckpointsWithNothingButAProof() throws Exception {
    append(300);
    pump(Bundles.KEY, null).flush();
    String vkey = Bundles.KEY.verifierKey().text();
    Path earlier = Files.writeString(folder.resolve("earlier.txt"), db.log.latestCheckpoint().orElseThrow());
    append(700);
    pump(Bundles.KEY, null).flush();
    Path later = Files.writeString(folder.resolve("later.txt"), db.log.latestCheckpoint().orElseThrow());
    Path proof = Files.write(folder.resolve("proof.txt"), new EvidenceProofs(db.jdbc).consistency(300, 1_000));
    assertThat(both(earlier, later.toString(), proof.toString(), "--vkey", vkey)).startsWith("OK the log of 1000 entries continues the one of 300");
    Files.write(proof, new EvidenceProofs(db.jdbc).consistency(299, 1_000));
    assertThat(both(earlier, later.toString(), proof.toString(), "--vkey", vkey)).startsWith("BAD bundle: the log of 1000 entries does not continue");
  }

  @Test
  void provesSingleEntriesOfALongLogAlsoWithoutStoredNodes() throws Exception {
    append(1_300);
    pump(Bundles.KEY, null).flush();
    EvidenceProofs proofs = new EvidenceProofs(db.jdbc);
    String note = db.log.latestCheckpoint().orElseThrow();
    for (int round = 0; round < 2; round++) {
      for (long seq : new long[] {0, 1, 255, 256, 700, 1_023, 1_024, 1_279, 1_280, 1_299}) {
        assertThat(proofs.under(note).inclusion(db.log.entries(seq, seq + 1).get(0))).startsWith("c2sp.org/tlog-proof@v1\nindex " + seq + "\n").endsWith(note);
      }
      unguarded("delete from evidence_node where index <> 2");
    }
    unguarded("update evidence_node set hash = sha256(hash)");
    assertThatThrownBy(() -> proofs.under(note).inclusion(db.log.entries(0, 1).get(0))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void findsEverythingThatIsWrongWithAPack() throws Exception {
    append(20);
    pump(Bundles.KEY, null).flush();
    var summary = new EvidencePack.Summary("%PDF".getBytes(), new byte[32]);
    db.log.append(new EvidenceEvent(EvidenceType.CAB_EXPORTED, "c-1", null, Map.of("scope", "CASE"), summary.refs()));
    pump(Bundles.KEY, null).flush();
    List<EvidenceEntry> some = List.of(db.log.entries(3, 4).get(0), db.log.entries(7, 8).get(0), db.log.entries(20, 21).get(0));
    assertThat(pack(some, summary)).matches("OK 3 of 21 entries.*summary as recorded");
    assertThat(pack(some.subList(0, 2), summary)).matches("OK 2 of 21 entries.*summary not recorded");
    assertThat(pack(some, new EvidencePack.Summary("%PDX".getBytes(), new byte[32]))).startsWith("BAD bundle: summary.pdf is not");
    assertThat(pack(List.of(some.get(1), some.get(0)), summary)).startsWith("BAD bundle: line 2");
    assertThat(pack(List.of(some.get(0), some.get(0)), summary)).startsWith("BAD bundle");
    assertThat(pack(some, new EvidencePack.Summary("%PDF".getBytes(), "case".getBytes(), new byte[32]))).startsWith("BAD bundle: cases.csv was no part");
    EvidenceEntry edited = some.get(1);
    byte[] other = edited.json().replace("x-1", "x-2").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> pack(List.of(new EvidenceEntry(7, edited.type(), "c-1", other, Hash.leaf(other), true)), summary))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void bindsTheListOfCasesToTheExport() throws Exception {
    append(5);
    var summary = new EvidencePack.Summary("%PDF".getBytes(), "case\r\n".getBytes(), new byte[32]);
    db.log.append(new EvidenceEvent(EvidenceType.CAB_EXPORTED, null, null, Map.of("scope", "PERIOD"), summary.refs()));
    pump(Bundles.KEY, null).flush();
    List<EvidenceEntry> all = db.log.entries(0, 6);
    assertThat(pack(all, summary)).matches("OK 6 of 6 entries.*summary as recorded");
    assertThat(pack(all, new EvidencePack.Summary(summary.pdf(), "case\n".getBytes(), new byte[32]))).startsWith("BAD bundle: cases.csv is not the one");
    assertThat(pack(all, new EvidencePack.Summary(summary.pdf(), new byte[32]))).startsWith("BAD bundle: cases.csv is not the one");
  }

  @Test
  void takesTheEntriesOfAPackByteForByte() throws Exception {
    append(3);
    pump(Bundles.KEY, null).flush();
    pack(db.log.entries(0, 3), new EvidencePack.Summary("%PDF".getBytes(), new byte[32]));
    Path whole = Files.copy(folder.resolve("pack.zip"), folder.resolve("whole.zip"));
    assertThat(both(whole)).startsWith("OK 3 of 3 entries");
    Map<String, java.util.function.UnaryOperator<String>> changes = Map.of(
        "carriage returns", text -> text.replace("\n", "\r\n"),
        "only carriage returns", text -> text.replace("\n", "\r"),
        "no last newline", text -> text.substring(0, text.length() - 1),
        "an empty line", text -> text + "\n",
        "a mark at the beginning", text -> "\ufeff" + text,
        "a blank at an end", text -> text.replaceFirst("\n", " \n"));
    for (var change : changes.entrySet()) {
      assertThat(both(rewritten(whole, change.getValue()))).as(change.getKey()).startsWith("BAD ");
    }
  }

  /** The same zip with other bytes as its entries. */
  private Path rewritten(Path whole, java.util.function.UnaryOperator<String> change) throws IOException {
    Path file = Files.copy(whole, folder.resolve("changed.zip"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try (var zip = java.nio.file.FileSystems.newFileSystem(file)) {
      Path entries = zip.getPath("entries.ndjson");
      Files.writeString(entries, change.apply(Files.readString(entries)));
    }
    return file;
  }

  @Test
  void checksTheDatabaseItselfAndNamesWhatASuperuserEdited() throws Exception {
    append(900);
    pump(Bundles.KEY, null).flush();
    append(100);
    pump(Bundles.KEY, null).flush();
    String vkey = Bundles.KEY.verifierKey().text();
    assertThat(live(vkey)).startsWith("OK 1000 entries");
    unguarded("update evidence_entry set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), 'x-1', 'x-2'), 'UTF8') where seq = 612");
    assertThat(live(vkey)).isEqualTo("BAD entry 612: does not match its stored hash");
    unguarded("update evidence_entry set leaf_hash = sha256('\\x00' || leaf) where seq = 612");
    assertThat(live(vkey)).isEqualTo("BAD bundle: it does not continue the earlier checkpoint of 900 entries");
    unguarded("delete from evidence_checkpoint where size = 900");
    assertThat(live(vkey)).startsWith("BAD bundle: entries and stored hashes agree, but their root");
    unguarded("delete from evidence_entry where seq = 5");
    assertThat(live(vkey)).isEqualTo("BAD entry 5: missing or cut off");
  }

  private String live(String vkey) throws SQLException {
    try (Connection connection = db.source.getConnection()) {
      connection.setAutoCommit(false);
      return LiveLog.verify(connection, vkey, List.of()).text();
    }
  }

  private void unguarded(String change) {
    String table = change.replaceAll(".*(evidence_(entry|node|checkpoint)).*", "$1");
    db.jdbc.sql("alter table " + table + " disable trigger all; " + change + "; alter table " + table + " enable always trigger " + table + "_guard").update();
  }

  private String pack(List<EvidenceEntry> entries, EvidencePack.Summary summary) throws Exception {
    Path file = folder.resolve("pack.zip");
    try (OutputStream out = Files.newOutputStream(file)) {
      new EvidencePack(new EvidenceProofs(db.jdbc), new PublishedKeys(db.jdbc, Bundles.KEY.verifierKey()))
          .write(out, db.log.latestCheckpoint().orElseThrow(), EvidencePack.Entries.of(entries), summary);
    } catch (java.util.zip.ZipException e) {
      return "BAD bundle: doubled";
    }
    return both(file);
  }

  private Path bundle(SigningKey key) throws IOException {
    Path file = folder.resolve("bundle.zip");
    try (OutputStream out = Files.newOutputStream(file)) {
      new EvidenceBundle(db.log, new PublishedKeys(db.jdbc, key.verifierKey())).write(out);
    }
    return file;
  }

  /** The first line of both verifiers, which must be one. */
  private String both(Path file, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(file.toString()));
    arguments.addAll(Arrays.asList(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VerifyCommand.run(arguments.toArray(String[]::new), new PrintStream(out, true, StandardCharsets.UTF_8));
    String java = out.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is missing");
    List<String> command = new ArrayList<>(List.of("python3", Files.writeString(folder.resolve("verify.py"), EvidenceBundle.script()).toString()));
    command.addAll(arguments);
    Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.lines().findFirst().orElseThrow().split(":")[0]).as(java + " / " + said).isEqualTo(java.split(":")[0]);
    assertThat(python.waitFor()).isEqualTo(java.startsWith("OK") ? 0 : 1);
    return java;
  }

  private EvidencePump pump(SigningKey key, SigningKey outgoing) {
    return db.pump(folder.resolve("last"), key, outgoing);
  }

  private void append(int count) {
    List<EvidenceEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(EvidenceEvent.ofCase(EvidenceType.ACTION_INTENT, "c-1", null, Map.of("permit", "x-1")));
    }
    db.log.appendAll(events);
  }
}
