package io.cordon.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.springframework.test.context.DynamicPropertyRegistry;

/** One real PostgreSQL 16 for all tests of this JVM, durable as in production, stopped with the JVM. */
public final class TestDatabase {
  private static EmbeddedPostgres server;

  private TestDatabase() {}

  /** Starts the server if needed and creates an empty database of the given name; returns its JDBC address. */
  public static synchronized String create(String name) {
    try {
      if (server == null) {
        server = EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on").setServerConfig("fsync", "on").start();
      }
      try (var connection = server.getPostgresDatabase().getConnection(); var statement = connection.createStatement()) {
        statement.execute("create database " + name);
      }
      return server.getJdbcUrl("postgres", name);
    } catch (IOException | java.sql.SQLException e) {
      throw new IllegalStateException("the test database did not start", e);
    }
  }

  /** Points Spring at a new empty database of the given name. */
  public static void register(DynamicPropertyRegistry registry, String name) {
    String url = create(name);
    registry.add("spring.datasource.url", () -> url);
    registry.add("spring.datasource.username", () -> "postgres");
    registry.add("spring.datasource.password", () -> "postgres");
  }
}
