package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away under a running Cordon, or was never there. */
class DatabaseLostTest {
  @TempDir Path home;

  @Test
  void actsOnNothingWithoutItsDatabaseAndGoesOnWhenItIsBack() throws IOException {
    int port = LocalSettings.freePort();
    LocalDatabase database = LocalDatabase.start(home.resolve("postgres"), port);
    try (CrashWorld world = new CrashWorld(home, database.url())) {
      world.start();
      String caseId = world.openCase("bulk-00001");
      Instant opens = Instant.now().plusSeconds(30).truncatedTo(ChronoUnit.SECONDS);
      world.approve(caseId, opens);
      database.close();
      assertThat(Instant.now()).as("away before the window opens").isBefore(opens);

      assertThatThrownBy(() -> world.scripts.alert("bulk-00002")).hasMessageContaining(" 503 ").hasMessageContaining("DATABASE_AWAY");
      CrashWorld.await("the window is open for a while", () -> Instant.now().isAfter(opens.plusSeconds(3)));
      assertThatThrownBy(() -> world.view(caseId)).hasMessageContaining(" 503 ").hasMessageContaining("DATABASE_AWAY");
      assertThat(world.sandbox.mde.isolations()).isEmpty();

      database = LocalDatabase.start(home.resolve("postgres"), port);
      world.awaitPermit(caseId, "SUCCEEDED"::equals);
      assertThat(world.isolations(caseId)).isEqualTo(1);
      assertThat(world.openCase("bulk-00002")).isNotEqualTo(caseId);
      Invariants.actsOnce(world, List.of(caseId));
      Invariants.nothingWaitsOnNothing(world);
      Invariants.evidenceVerifies(world, home.resolve("evidence.zip"));
    } finally {
      database.close();
    }
  }

  @Test
  void saysInOneLineThatItDoesNotStartWithoutADatabase() throws IOException {
    String nobody = "jdbc:postgresql://localhost:" + LocalSettings.freePort() + "/cordon";
    ChildProcess child =
        ChildProcess.start(ChildMain.class, home.resolve("cordon.log"), "--spring.datasource.url=" + nobody, "--server.port=0", "--management.server.port=0",
            "--cordon.evidence.key-file=" + home.resolve("evidence.pem"), "--cordon.evidence.create-key-if-missing=true",
            "--cordon.sealed.key-file=" + home.resolve("sealing.b64"), "--cordon.sealed.create-key-if-missing=true");
    assertThat(child.exitCode(60)).isNotZero();
    assertThat(child.printed().lines().filter(line -> line.startsWith("Cordon did not start: the database at " + nobody))).hasSize(1);
    assertThat(child.printed()).doesNotContain("\tat ").doesNotContain("Caused by");
  }
}
