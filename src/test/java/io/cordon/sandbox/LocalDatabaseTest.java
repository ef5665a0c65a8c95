package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDatabaseTest {
  @TempDir Path home;

  @Test
  void takesOverWhatAKilledRunLeftBehind() throws Exception {
    Path folder = home.resolve("postgres");
    ProcessHandle left = leftByAKilledRun(folder);

    try (LocalDatabase database = LocalDatabase.start(folder, LocalSettings.freePort());
        var connection = DriverManager.getConnection(database.url(), "postgres", "postgres");
        var kept = connection.createStatement().executeQuery("select word from kept")) {
      assertThat(kept.next()).isTrue();
      assertThat(kept.getString(1)).isEqualTo("still here");
      assertThat(left.isAlive()).as("the old server").isFalse();
      assertThat(server(folder).pid()).isNotEqualTo(left.pid());
    }
    assertThat(folder.resolve("postmaster.pid")).as("stopped with its run").doesNotExist();
  }

  @Test
  void stopsWhatIsLeftAlsoWhereThereIsNoKillCommand() throws IOException {
    ProcessHandle left = leftByAKilledRun(home.resolve("postgres"));
    LocalDatabase.interrupt(left, "no-such-command");
    CrashWorld.await("stopped", () -> !left.isAlive());
  }

  @Test
  void stopsWithAllElseWhenThatIsClosed() throws IOException {
    LocalCordon local = LocalCordon.start(home, 0);
    ProcessHandle database = server(home.resolve("postgres"));
    local.close();
    assertThat(home.resolve("postgres/postmaster.pid")).doesNotExist();
    CrashWorld.await("stopped", () -> !database.isAlive());
  }

  private ProcessHandle leftByAKilledRun(Path folder) throws IOException {
    ChildProcess run =
        ChildProcess.start(DatabaseMain.class, home.resolve("run.log"), folder.toString(), Integer.toString(LocalSettings.freePort()));
    CrashWorld.await("a row is kept", () -> run.printed().contains("kept\n"));
    ProcessHandle left = server(folder);
    run.kill();
    assertThat(left.isAlive()).as("the server outlives the killed run").isTrue();
    return left;
  }

  private static ProcessHandle server(Path folder) throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip())).orElseThrow();
  }
}
