package io.cordon.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.springframework.test.context.DynamicPropertyRegistry;

/** One real PostgreSQL 16 for all tests of this JVM, durable as in production, stopped with the JVM when its last client has gone. */
public final class TestDatabase {
  private static EmbeddedPostgres server;

  private TestDatabase() {}

  /** Starts the server if needed and creates an empty database of the given name; returns its JDBC address. */
  public static synchronized String create(String name) {
    try {
      if (server == null) {
        server =
            EmbeddedPostgres.builder().setRegisterShutdownHook(false).setServerConfig("synchronous_commit", "on").setServerConfig("fsync", "on").start();
        Runtime.getRuntime().addShutdownHook(new Thread(TestDatabase::stop));
      }
      try (var connection = server.getPostgresDatabase().getConnection(); var statement = connection.createStatement()) {
        statement.execute("create database " + name);
      }
      try (var connection = server.getDatabase("postgres", name).getConnection(); var statement = connection.createStatement()) {
        statement.execute(Files.readString(Path.of("deploy/postgres/roles.sql")));
      }
      // without a user in it, which would win over the one that whoever connects gives
      return "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("the test database did not start", e);
    }
  }

  /** The contexts of the tests close at the same time, and each would wait for a server that went before its pool did. */
  private static void stop() {
    try {
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(TestDatabase::isUnused);
    } finally {
      try {
        server.close();
      } catch (IOException e) {
        throw new IllegalStateException("the test database does not stop", e);
      }
    }
  }

  private static boolean isUnused() throws SQLException {
    try (var connection = server.getPostgresDatabase().getConnection(); var statement = connection.createStatement();
        var others = statement.executeQuery("select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()")) {
      return !others.next();
    }
  }

  /**
   * Points Spring at a new empty database of the given name. Cordon runs in it as the role that may not change evidence,
   * as it should in production; only its migrations are another's.
   */
  public static void register(DynamicPropertyRegistry registry, String name) {
    String url = create(name);
    registry.add("spring.datasource.url", () -> url);
    registry.add("spring.datasource.username", () -> "cordon_app");
    registry.add("spring.datasource.password", () -> "");
    // many contexts live as long as the JVM and share the server's connections: only who works holds more than one
    registry.add("spring.datasource.hikari.minimum-idle", () -> 1);
    registry.add("spring.datasource.hikari.idle-timeout", () -> 10_000);
    registry.add("spring.flyway.user", () -> "cordon_migrator");
    registry.add("spring.flyway.init-sqls[0]", () -> "set role cordon_owner");
  }
}
