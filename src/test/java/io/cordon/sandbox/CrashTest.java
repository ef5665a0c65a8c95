package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.testing.CrashPoint;
import io.cordon.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job under kill -9: Cordon is a process of its own and dies without a word; the world goes on. */
class CrashTest {
  private static final List<CrashPoint> DANGEROUS =
      List.of(CrashPoint.SENDING_COMMITTED, CrashPoint.ISOLATION_TAKEN, CrashPoint.CANCEL_TAKEN, CrashPoint.RELEASE_TAKEN);

  @TempDir static Path home;
  private static CrashWorld world;

  @BeforeAll
  static void openTheWorld() throws IOException {
    world = new CrashWorld(home, TestDatabase.create("crash"));
  }

  @AfterAll
  static void closeTheWorld() {
    world.close();
  }

  @BeforeEach
  void cordonRuns() throws IOException {
    world.sandbox.mde.actionsLast(Duration.ofSeconds(1));
    world.start();
  }

  @Test
  void takesTheApprovalThatACaseWaitedForWhenItDied() throws IOException {
    String caseId = world.openCase("bulk-00001");
    world.restart();
    world.approve(caseId, null);
    world.awaitPermit(caseId, "SUCCEEDED"::equals);
    assertThat(world.isolations(caseId)).isEqualTo(1);
  }

  @Test
  void goesOnWithAnIsolationThatWasPendingWhenItDied() throws IOException {
    world.sandbox.mde.actionsLast(Duration.ofHours(1));
    String caseId = world.openCase("bulk-00002");
    world.approve(caseId, null);
    world.awaitPermit(caseId, "SENT"::equals);
    world.restart();
    assertThat(world.permit(caseId)).isEqualTo("SENT");
    world.sandbox.mde.actionsLast(Duration.ofSeconds(1));
    world.awaitPermit(caseId, "SUCCEEDED"::equals);
    assertThat(world.isolations(caseId)).isEqualTo(1);
  }

  @Test
  void adoptsWhatDefenderTookBetweenTheSendAndTheDeath() throws IOException {
    String slow = world.openCase("bulk-00003");
    String lost = world.openCase("bulk-00004");
    // past the time-out of the call, so that it cannot be answered before the kill; taken before the dead node's lock ends
    fault("bulk-00003", Map.of("mode", "delay", "delayMs", 5_000));
    fault("bulk-00004", Map.of("mode", "lost"));
    Instant together = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
    world.approve(slow, together);
    world.approve(lost, together);
    CrashWorld.await("both on their way", world.sandbox.faults::isEmpty);
    world.kill();
    assertThat(world.permit(slow)).isEqualTo("SENDING");
    assertThat(world.permit(lost)).isEqualTo("SENDING");
    world.start();
    world.awaitPermit(slow, "SUCCEEDED"::equals);
    world.awaitPermit(lost, "SUCCEEDED"::equals);
    assertThat(world.isolations(slow)).isEqualTo(1);
    assertThat(world.isolations(lost)).isEqualTo(1);
  }

  /** The first node stops in the middle of the call, and its lock ends; the second finds what it sent, and the first comes back. */
  @Test
  void isolatesOnceWhenTheLockEndsInTheMiddleOfACallAndAnotherNodeTakesOver() throws IOException {
    String caseId = world.openCase("bulk-00005");
    fault("bulk-00005", Map.of("mode", "delay", "delayMs", 1_500));
    world.approve(caseId, null);
    CrashWorld.await("on its way", world.sandbox.faults::isEmpty);
    world.freeze();
    assertThat(world.permit(caseId)).isEqualTo("SENDING");
    ChildProcess second = world.startBeside();
    try {
      world.awaitPermit(caseId, "SUCCEEDED"::equals);
      world.thaw();
      String next = world.openCase("bulk-00006");
      world.approve(next, null);
      world.awaitPermit(next, "SUCCEEDED"::equals);
      assertThat(world.isolations(next)).isEqualTo(1);
    } finally {
      second.kill();
    }
    assertThat(world.isolations(caseId)).isEqualTo(1);
    Invariants.actsOnce(world, List.of(caseId));
  }

  /**
   * One kill at each of the points from which a second isolation, a forgotten one or a lost release would come most easily;
   * {@code -Dcordon.crash.each} asks for so many at every point there is.
   */
  @Test
  void actsOnceThoughItIsKilledAtAPoint() throws IOException {
    int each = Integer.getInteger("cordon.crash.each", 0);
    for (CrashPoint point : each == 0 ? DANGEROUS : List.of(CrashPoint.values())) {
      NamedCrashes crashes = new NamedCrashes(world, 50_000 + 100 * point.ordinal());
      for (int death = 0; death < Math.max(1, each); death++) {
        crashes.dieAt(point);
      }
      crashes.settle();
      Invariants.actsOnce(world, crashes.cases());
      Invariants.nothingWaitsOnNothing(world);
      System.out.println("Killed " + crashes.cases().size() + " times at " + point + ": each acted once at most, and nothing waits on nothing");
    }
  }

  /** {@code -Dcordon.crash.rounds} and {@code -Dcordon.crash.seed} ask for more, or for the same again. */
  @Test
  void holdsWhenItDiesAtAnyMoment() throws IOException {
    int rounds = Integer.getInteger("cordon.crash.rounds", 2);
    RandomCrashes crashes = new RandomCrashes(world, Long.getLong("cordon.crash.seed", 20_261_124L));
    crashes.run(rounds);
    assertThat(crashes.cases().values()).as("one case a machine, whatever was sent twice").doesNotHaveDuplicates().hasSize(rounds);
    Invariants.actsOnce(world, crashes.cases().values());
    Invariants.nothingWaitsOnNothing(world);
    Invariants.evidenceVerifies(world, home.resolve("evidence.zip"));
  }

  private static void fault(String device, Map<String, Object> how) {
    Map<String, Object> fault = new HashMap<>(how);
    fault.put("service", "mde");
    fault.put("path", "/api/machines/" + world.sandbox.devices.named(device).orElseThrow().mdeId + "/isolate");
    assertThat(world.sandbox.faults.add(Call.JSON.valueToTree(fault))).isTrue();
  }
}
