package io.cordon.evidence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One database of an embedded server with the evidence tables, and the parts of the log on top of it. */
final class EvidenceDatabase {
  private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);

  final DataSource source;
  final JdbcClient jdbc;
  final TransactionTemplate transaction;
  final EvidenceLog log;

  private EvidenceDatabase(DataSource source) {
    this.source = source;
    this.jdbc = JdbcClient.create(source);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    this.log = new EvidenceLog(jdbc, CLOCK);
  }

  /** A server that whoever starts it also stops. */
  static EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder().setRegisterShutdownHook(false)
        .setServerConfig("synchronous_commit", "on").setServerConfig("fsync", "on").start();
  }

  static EvidenceDatabase create(EmbeddedPostgres server, String name) throws IOException {
    new JdbcTemplate(server.getPostgresDatabase()).execute("create database " + name);
    EvidenceDatabase database = new EvidenceDatabase(server.getDatabase("postgres", name));
    try (InputStream sql =
        EvidenceDatabase.class.getResourceAsStream("/db/migration/V20261124_1930__evidence_log.sql")) {
      new JdbcTemplate(database.source).execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
    }
    return database;
  }

  /** A copy of this database as it is now. */
  EvidenceDatabase backup(EmbeddedPostgres server, String from, String name) {
    new JdbcTemplate(server.getPostgresDatabase()).execute("create database " + name + " template " + from);
    return new EvidenceDatabase(server.getDatabase("postgres", name));
  }

  EvidencePump pump(Path memory, SigningKey key) {
    Checkpointer checkpointer = new Checkpointer(jdbc, key, new SignerMemory(memory), CLOCK);
    return new EvidencePump(new Sequencer(jdbc, transaction), checkpointer, transaction);
  }

  long signedSize() {
    return log.latestCheckpoint()
        .map(note -> SignedNote.parse(note).checkpointSignedBy(Bundles.KEY.verifierKey()).size()).orElse(0L);
  }
}
