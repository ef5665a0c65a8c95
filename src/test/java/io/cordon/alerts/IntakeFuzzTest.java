package io.cordon.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.cordon.alerts.IntakeResult.Disposition;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent, the intake answers with results or refuses the body: no other failure, no hang, no growth. Seeded;
 * {@code -Dcordon.fuzz.count=200000} does more, {@code -Dcordon.fuzz.seed=n} other ones.
 */
class IntakeFuzzTest extends RealIntake {
  private static final int COUNT = Integer.getInteger("cordon.fuzz.count", 5_000);
  private static final long SEED = Long.getLong("cordon.fuzz.seed", 20261125);
  /** Every so many also go through the database. */
  private static final int TAKEN_EVERY = 4;
  private static final int MOST_SECONDS = 20;
  private static final long MOST_GROWTH = 64 << 20;

  private final AlertParser parser = new AlertParser();
  private final Map<Disposition, Integer> counts = new EnumMap<>(Disposition.class);
  private int refused;

  @Test
  void takesEveryBodyThatIsNotSpoiled() {
    for (String body : Bodies.ALL) {
      assertThat(intake.take(body.getBytes(StandardCharsets.UTF_8))).extracting(IntakeResult::disposition).doesNotContain(Disposition.QUARANTINED);
    }
  }

  @Test
  void givesResultsOrRefusesWhateverIsSent() throws Exception {
    Mutations mutations = new Mutations(SEED);
    ExecutorService hand = Executors.newSingleThreadExecutor();
    long settled = 0;
    try {
      for (int i = 0; i < COUNT; i++) {
        byte[] body = mutations.next();
        boolean taken = i % TAKEN_EVERY == 0;
        within(hand, i, body, () -> {
          if (taken) {
            take(body);
          } else {
            parse(body);
          }
        });
        if (i == COUNT / 5) {
          settled = used();
        }
      }
      assertThat(used() - settled).as("growth of what is in memory").isLessThan(MOST_GROWTH);
    } finally {
      hand.shutdownNow();
    }
    System.out.println("fuzz: " + COUNT + " bodies, " + refused + " refused, of those taken " + counts);
    assertThat(counts).as("what is spoiled a little is still read").containsKeys(Disposition.values());
  }

  private void take(byte[] body) {
    try {
      List<IntakeResult> results = intake.take(body);
      results.forEach(result -> {
        counts.merge(result.disposition(), 1, Integer::sum);
        assertThat(result.caseId() == null).isEqualTo(result.disposition() == Disposition.QUARANTINED);
      });
    } catch (UnreadableAlertException e) {
      refused++;
    }
  }

  private void parse(byte[] body) {
    List<AlertShapes.Found> found;
    try {
      found = parser.split(body);
    } catch (UnreadableAlertException e) {
      refused++;
      return;
    }
    for (AlertShapes.Found one : found) {
      byte[] raw = parser.raw(one.json());
      AlertReaders.id(one).ifPresent(id -> read(id, one, raw));
    }
  }

  private void read(String id, AlertShapes.Found one, byte[] raw) {
    try {
      IncomingAlert alert = parser.read(id, one, raw);
      assertThat(alert.aliases()).hasSizeLessThanOrEqualTo(2).allMatch(name -> name.matches("mde:[0-9a-f]{40}|arc:/subscriptions/[!-~]{1,400}"));
      assertThat(alert.processIds()).hasSizeLessThanOrEqualTo(EntityGraph.MOST_PROCESSES);
    } catch (EntityGraph.UnreadableEntities e) {
      counts.merge(Disposition.QUARANTINED, 1, Integer::sum);
    }
  }

  private static void within(ExecutorService hand, int number, byte[] body, Runnable deed) throws InterruptedException {
    try {
      hand.submit(deed).get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      fail("body " + number + " was not done in time: " + shown(body));
    } catch (java.util.concurrent.ExecutionException e) {
      throw new AssertionError("body " + number + " of seed " + SEED + ": " + shown(body), e.getCause());
    }
  }

  private static String shown(byte[] body) {
    return HexFormat.of().formatHex(body, 0, Math.min(body.length, 4_000));
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
