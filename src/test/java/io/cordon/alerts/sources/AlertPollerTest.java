package io.cordon.alerts.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.platform.azure.AlertReadExceptions;
import io.cordon.platform.database.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** How far a source is read, by whom, and what comes out of it. */
class AlertPollerTest extends PolledSource {
  @Test
  void takesWhatIsNewAndMovesTheWatermark() {
    String early = alert(ago(90));
    String id = alert(ago(30));
    AlertPoller poller = poller(intake);

    assertThat(poller.runDue()).isEqualTo(1);

    assertThat(source.asked.get(0).since()).isEqualTo(clock.instant().minus(LOOK_BACK).minus(OVERLAP));
    assertThat(dispositions(id)).containsExactly("OPENED");
    assertThat(dispositions(early)).isEmpty();
    assertThat(watermark()).isEqualTo(ago(30));
    assertThat(taken("opened")).isEqualTo(1);
    assertThat(age("cordon.alerts.source.watermark.age")).isEqualTo(1800);
    assertThat(age("cordon.alerts.source.read.age")).isZero();
    assertThat(poller.runDue()).as("not due yet").isZero();
  }

  @Test
  void takesNothingTwiceWithinTheOverlapAndMissesNothingThatBecomesVisibleLate() {
    String first = alert(ago(5));
    AlertPoller poller = poller(intake);
    poller.runDue();
    String late = alert(ago(12));
    clock.tick(INTERVAL);

    assertThat(poller.runDue()).isEqualTo(1);

    assertThat(source.asked.get(1).since()).isEqualTo(watermark().minus(OVERLAP));
    assertThat(dispositions(late)).hasSize(1);
    assertThat(dispositions(first)).hasSize(1);
    assertThat(taken("duplicate")).isZero();
  }

  @Test
  void takesANewVersionOfAnAlertAsAnUpdate() {
    String id = alert(ago(5));
    AlertPoller poller = poller(intake);
    poller.runDue();
    source.has(row(id, "Resolved"), ago(4));
    clock.tick(INTERVAL);
    poller.runDue();
    assertThat(dispositions(id)).containsExactlyInAnyOrder("OPENED", "UPDATED");
  }

  @Test
  void forgetsWhatCannotComeAgain() {
    alert(ago(30));
    alert(ago(5));
    poller(intake).runDue();
    assertThat(jdbc.sql("select count(*) from alert_source_seen where source = :s").param("s", source.name()).query(Long.class).single()).isEqualTo(1);
  }

  @Test
  void letsOneOfTwoNodesReadAtATime() throws Exception {
    alert(ago(5));
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    source.before = position -> {
      reading.countDown();
      await(go);
    };
    var threads = Executors.newFixedThreadPool(8);
    try {
      Future<Integer> first = threads.submit(poller(intake)::runDue);
      assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();
      List<Future<Integer>> others = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        others.add(threads.submit(poller(intake)::runDue));
      }
      for (Future<Integer> other : others) {
        assertThat(other.get(20, TimeUnit.SECONDS)).isZero();
      }
      go.countDown();
      assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    } finally {
      go.countDown();
      threads.shutdownNow();
    }
    assertThat(source.asked).hasSize(1);
  }

  @Test
  void goesOnWhenTheClaimOfANodeThatDiedLapses() {
    String id = alert(ago(5));
    SourceBook.Claim dead = book().claim(source.name(), LOOK_BACK).orElseThrow();
    AlertPoller poller = poller(intake);
    clock.tick(Claims.LASTS.minusSeconds(1));
    assertThat(poller.runDue()).isZero();
    clock.tick(Duration.ofSeconds(1));
    assertThat(poller.runDue()).isEqualTo(1);
    assertThat(dispositions(id)).hasSize(1);
    Instant reached = watermark();
    assertThat(book().advance(dead, "7", ago(90))).as("it was not dead, only slow").isFalse();
    book().finish(dead, ago(90), OVERLAP, clock.instant());
    assertThat(watermark()).isEqualTo(reached);
  }

  @Test
  void catchesUpAfterAnOutageInSeveralRounds() {
    AlertPoller poller = poller(intake);
    poller.runDue();
    source.before = position -> {
      throw AlertReadExceptions.status(503, null);
    };
    Duration outage = Duration.ofHours(5);
    for (Instant end = clock.instant().plus(outage); clock.instant().isBefore(end); clock.tick(Duration.ofMinutes(10))) {
      poller.runDue();
    }
    source.before = position -> {};
    source.largestPage = 2;
    int missed = AlertPoller.PAGES_A_ROUND * source.largestPage + 1;
    for (int i = 0; i < missed; i++) {
      alert(ago(300).plusSeconds(i));
    }
    Instant before = watermark();

    assertThat(poller.runDue()).isEqualTo(AlertPoller.PAGES_A_ROUND);
    assertThat(watermark()).as("not before the end").isEqualTo(before);
    assertThat(poller.runDue()).as("at once, where it stopped").isEqualTo(1);

    assertThat(taken("opened")).isEqualTo(1);
    assertThat(taken("joined")).isEqualTo(missed - 1);
    assertThat(taken("duplicate")).isZero();
    assertThat(watermark()).isEqualTo(ago(300).plusSeconds(missed - 1));
  }

  @Test
  void doesNotFollowAnAlertFromTheFuture() {
    String future = alert(clock.instant().plus(Duration.ofDays(400)));
    alert(ago(5));
    poller(intake).runDue();
    assertThat(dispositions(future)).hasSize(1);
    assertThat(watermark()).isEqualTo(ago(5));
  }

  @Test
  void holdsNoTransactionWhileItAsks() {
    alert(ago(5));
    source.before = position -> {
      assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
      assertThat(TransactionSynchronizationManager.getResource(database)).as("a connection of this thread").isNull();
    };
    assertThat(poller(intake).runDue()).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
