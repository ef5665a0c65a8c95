package io.cordon.evidence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
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
    EvidenceDatabase database = createEmpty(server, name);
    migrate(new JdbcTemplate(database.source), "");
    return database;
  }

  /** The same, owned and used by the roles of deploy/postgres; what is returned is the superuser's way in. */
  static EvidenceDatabase createWithRoles(EmbeddedPostgres server, String name) throws IOException {
    EvidenceDatabase database = createEmpty(server, name);
    runRoles(database);
    migrate(new JdbcTemplate(as(server, "cordon_migrator", name).source), "set role cordon_owner;");
    return database;
  }

  static void runRoles(EvidenceDatabase database) throws IOException {
    new JdbcTemplate(database.source).execute(Files.readString(Path.of("deploy/postgres/roles.sql")));
  }

  /** The database as this role sees it. */
  static EvidenceDatabase as(EmbeddedPostgres server, String role, String name) {
    return new EvidenceDatabase(server.getDatabase(role, name));
  }

  /** The same database over connections that are not what they seem. */
  static EvidenceDatabase over(DataSource source) {
    return new EvidenceDatabase(source);
  }

  private static EvidenceDatabase createEmpty(EmbeddedPostgres server, String name) {
    new JdbcTemplate(server.getPostgresDatabase()).execute("create database " + name);
    return new EvidenceDatabase(server.getDatabase("postgres", name));
  }

  /** Runs the migrations that concern the log alone. */
  private static void migrate(JdbcTemplate jdbc, String first) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      for (Path file : files.filter(one -> one.toString().contains("__evidence_")).sorted().toList()) {
        jdbc.execute(first + Files.readString(file));
      }
    }
  }

  /** A copy of this database as it is now. */
  EvidenceDatabase backup(EmbeddedPostgres server, String from, String name) {
    new JdbcTemplate(server.getPostgresDatabase()).execute("create database " + name + " template " + from);
    return new EvidenceDatabase(server.getDatabase("postgres", name));
  }

  EvidencePump pump(Path memory, SigningKey key) {
    return pump(memory, key, null);
  }

  /** @param outgoing the key that hands over, or null */
  EvidencePump pump(Path memory, SigningKey key, SigningKey outgoing) {
    SigningKeys keys = new SigningKeys(jdbc, log, CLOCK, key, Optional.ofNullable(outgoing));
    Checkpointer checkpointer = new Checkpointer(jdbc, keys, new SignerMemory(memory), CLOCK);
    return new EvidencePump(new Sequencer(jdbc, transaction), checkpointer, transaction);
  }

  long signedSize() {
    return log.latestCheckpoint()
        .map(note -> SignedNote.parse(note).checkpointSignedBy(Bundles.KEY.verifierKey()).size()).orElse(0L);
  }
}
