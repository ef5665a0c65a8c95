package io.cordon.sandbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * PostgreSQL 16 beside Cordon on one machine: durable, its data kept between runs. A server that an earlier run left
 * behind when it was killed is stopped first, after making sure that it is that one.
 */
final class LocalDatabase implements AutoCloseable {
  private final EmbeddedPostgres server;

  private LocalDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  static LocalDatabase start(Path folder, int port) throws IOException {
    stopLeftOver(folder);
    Files.createDirectories(folder);
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setRegisterShutdownHook(false)
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("fsync", "on")
            .start();
    LocalDatabase database = new LocalDatabase(server);
    database.createIfMissing();
    return database;
  }

  private static void stopLeftOver(Path folder) throws IOException {
    Path pidFile = folder.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    Optional<ProcessHandle> left = ProcessHandle.of(pid).filter(process -> isOurs(process, folder));
    if (left.isEmpty()) {
      return;
    }
    interrupt(left.get(), "kill");
    try {
      left.get().onExit().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      throw new IOException("the database of the last run does not stop", e);
    }
  }

  /**
   * SIGINT ends PostgreSQL at once. Where there is no command to send it, SIGTERM, the one signal that Java sends, must do:
   * then PostgreSQL waits for its clients, but those of a killed run are gone.
   */
  static void interrupt(ProcessHandle server, String kill) {
    try {
      new ProcessBuilder(kill, "-INT", Long.toString(server.pid())).start();
    } catch (IOException e) {
      server.destroy();
    }
  }

  private static boolean isOurs(ProcessHandle process, Path folder) {
    String[] arguments = process.info().arguments().orElse(new String[0]);
    return String.join(" ", arguments).contains(folder.toString());
  }

  private void createIfMissing() {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement();
        var found = statement.executeQuery("select 1 from pg_database where datname = 'cordon'")) {
      if (!found.next()) {
        try (var create = connection.createStatement()) {
          create.execute("create database cordon");
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the local database cannot be used", e);
    }
  }

  String url() {
    return server.getJdbcUrl("postgres", "cordon");
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException("the local database does not stop", e);
    }
  }
}
