package io.cordon.alerts.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.zaxxer.hikari.HikariDataSource;
import io.cordon.alerts.AlertIntake;
import io.cordon.platform.azure.AlertReadException;
import io.cordon.platform.azure.AlertReadExceptions;
import io.cordon.platform.sealed.SealedStore;
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.SettableClock;
import io.cordon.testing.TestSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The poller on the real intake and a real database; only the source is played. */
@SpringBootTest
@Import(AlertPollerTest.Played.class)
@ExtendWith(OutputCaptureExtension.class)
class AlertPollerTest {
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration OVERLAP = Duration.ofMinutes(10);
  private static final Duration LOOK_BACK = Duration.ofHours(1);

  @Autowired AlertIntake intake;
  @Autowired SealedStore sealed;
  @Autowired SettableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired HikariDataSource pool;

  private final ScriptedSource source = new ScriptedSource("played-" + UUID.randomUUID());
  private final String machine = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "").substring(0, 40);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** Not a stereotype: a run with the test classes on its path must not pick it up. */
  static class Played {
    @Bean
    @Primary
    OutsideWorld outsideWorld() {
      return new OutsideWorld();
    }

    @Bean
    @Primary
    SettableClock settableClock() {
      return new SettableClock(Instant.parse("2026-03-01T02:00:00Z"));
    }
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    TestSettings.register(registry, "sources");
  }

  @AfterAll
  static void giveTheClockBack() {
    ClockUtil.reset();
  }

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
    clock.tick(SourceBook.CLAIM.minusSeconds(1));
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
  void quarantinesWhatNobodyCanReadAndGoesOn(CapturedOutput log) {
    source.has("{\"SystemAlertId\":\"canary-deep\",\"x\":" + "[".repeat(500) + "]".repeat(500) + "}", ago(9));
    source.has("\"canary-text\"", ago(8));
    source.has("{\"canary\":\"no id\"}", ago(7));
    String id = alert(ago(6));
    AlertPoller poller = poller(intake);

    assertThat(poller.runDue()).isEqualTo(1);

    assertThat(taken("quarantined")).isEqualTo(3);
    assertThat(dispositions(id)).hasSize(1);
    assertThat(watermark()).isEqualTo(ago(6));
    assertThat(log).contains("cannot be taken (MALFORMED_JSON)", "cannot be taken (WRONG_SHAPE)").doesNotContain("canary");
    clock.tick(INTERVAL);
    poller.runDue();
    assertThat(taken("quarantined")).isEqualTo(3);
  }

  @Test
  void triesAgainWhereTheIntakeFailsAndSetsItAsideInTheEnd(CapturedOutput log) {
    String good = alert(ago(9));
    source.has("{\"SystemAlertId\":\"canary-fails\"}", ago(8));
    String alsoGood = alert(ago(7));
    AlertIntake failing = failingAt("canary-fails", new IllegalStateException("canary message"));
    AlertPoller poller = poller(failing);
    Instant before = clock.instant().minus(LOOK_BACK);
    for (int i = 0; i < AlertPoller.PATIENCE; i++) {
      poller.runDue();
      assertThat(watermark()).isEqualTo(before);
      clock.tick(Duration.ofMinutes(10));
    }
    assertThat(dispositions(good)).hasSize(1);
    assertThat(dispositions(alsoGood)).hasSize(1);
    assertThat(taken("quarantined")).isZero();

    assertThat(poller.runDue()).isEqualTo(1);

    assertThat(taken("quarantined")).isEqualTo(1);
    assertThat(log).contains("(INTAKE_FAILED) and is quarantined").doesNotContain("canary");
  }

  @Test
  void stopsAtOnceWhenTheDatabaseCannotFollowAndTakesAllOfItLater() {
    String id = alert(ago(5));
    poller(failingAt(id, new CannotAcquireLockException("deadlock"))).runDue();
    assertThat(row("last_error")).isEqualTo("CannotAcquireLockException");
    clock.tick(Duration.ofSeconds(10));
    assertThat(poller(intake).runDue()).isEqualTo(1);
    assertThat(dispositions(id)).hasSize(1);
  }

  @Test
  void waitsAsLongAsItIsAsked() {
    AlertPoller poller = poller(intake);
    fails(AlertReadExceptions.status(429, Duration.ofSeconds(90)));
    assertWaits(poller, Duration.ofSeconds(90));
    fails(AlertReadExceptions.status(503, Duration.ofSeconds(45)));
    assertWaits(poller, Duration.ofSeconds(45));
    fails(AlertReadExceptions.status(429, null));
    assertWaits(poller, Duration.ofMinutes(1));
    fails(AlertReadExceptions.status(429, Duration.ofDays(3)));
    assertWaits(poller, Duration.ofHours(1));
  }

  @Test
  void waitsLongerAfterEachFailureUpToALimit() {
    AlertPoller poller = poller(intake);
    fails(AlertReadExceptions.status(500, null));
    for (int seconds : new int[] {10, 20, 40, 80, 160, 320, 600, 600}) {
      assertWaits(poller, Duration.ofSeconds(seconds));
    }
    assertThat(meters.counter("cordon.alerts.source.failures", "source", source.name(), "code", "STATUS_500").count()).isEqualTo(8);
    source.before = position -> {};
    assertThat(poller.runDue()).isEqualTo(1);
    assertThat(row("last_error")).isNull();
  }

  @Test
  void movesNothingOnAPartialResultAndAsksForLess() {
    alert(ago(5));
    fails(AlertReadException.unusable("PARTIAL_RESULT"));
    AlertPoller poller = poller(intake);
    assertWaits(poller, Duration.ofSeconds(10));
    assertThat(watermark()).isEqualTo(ago(60).minusSeconds(10));
    poller.runDue();
    assertThat(source.asked).extracting(AlertSource.Position::most).containsExactly(100, 50);
  }

  @Test
  void beginsAnewWhenTheServiceForgotWhereItWas() {
    source.largestPage = 10;
    for (int i = 0; i < 15; i++) {
      alert(ago(20).plusSeconds(i));
    }
    source.before = position -> {
      if (position.cursor() != null) {
        throw AlertReadExceptions.status(400, null);
      }
    };
    AlertPoller poller = poller(intake);
    poller.runDue();
    source.before = position -> {};
    clock.tick(Duration.ofSeconds(10));
    assertThat(poller.runDue()).isEqualTo(2);
    assertThat(source.asked).extracting(AlertSource.Position::cursor).containsExactly(null, "10", null, "10");
    assertThat(taken("duplicate")).isZero();
    assertThat(taken("opened") + taken("joined")).isEqualTo(15);
  }

  @Test
  void goesOnWhereItWasAfterAFailureThatPasses() {
    source.largestPage = 10;
    for (int i = 0; i < 15; i++) {
      alert(ago(20).plusSeconds(i));
    }
    source.before = position -> {
      if (position.cursor() != null) {
        throw AlertReadExceptions.status(503, null);
      }
    };
    AlertPoller poller = poller(intake);
    poller.runDue();
    source.before = position -> {};
    clock.tick(Duration.ofSeconds(10));
    assertThat(poller.runDue()).isEqualTo(1);
    assertThat(source.asked).extracting(AlertSource.Position::cursor).containsExactly(null, "10", "10");
    assertThat(watermark()).isEqualTo(ago(20).plusSeconds(14).minusSeconds(10));
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
  void holdsNoDatabaseConnectionWhileItAsks() {
    List<Integer> active = new ArrayList<>();
    source.before = position -> {
      active.add(pool.getHikariPoolMXBean().getActiveConnections());
      assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
    };
    poller(intake).runDue();
    assertThat(active).containsExactly(0);
    assertThat(row("last_error")).isNull();
  }

  private AlertPoller poller(AlertIntake into) {
    SourceBook book = book();
    SourceMeters counted = new SourceMeters(meters, book, clock);
    return new AlertPoller(source, book, new PageTaker(into, sealed, book, counted), counted, clock, new AlertPoller.Rhythm(INTERVAL, OVERLAP, LOOK_BACK));
  }

  private SourceBook book() {
    return new SourceBook(jdbc, clock);
  }

  /** The real intake, but for one alert. */
  private AlertIntake failingAt(String text, RuntimeException failure) {
    AlertIntake failing = mock(AlertIntake.class);
    when(failing.take(any())).thenAnswer(call -> {
      byte[] body = call.getArgument(0);
      if (new String(body).contains(text)) {
        throw failure;
      }
      return intake.take(body);
    });
    when(failing.setAside(any(), any())).thenAnswer(call -> intake.setAside(call.getArgument(0), call.getArgument(1)));
    return failing;
  }

  private void fails(AlertReadException failure) {
    source.before = position -> {
      throw failure;
    };
  }

  private void assertWaits(AlertPoller poller, Duration wait) {
    int asked = source.asked.size();
    poller.runDue();
    clock.tick(wait.minusSeconds(1));
    poller.runDue();
    assertThat(source.asked).hasSize(asked + 1);
    clock.tick(Duration.ofSeconds(1));
  }

  private Instant ago(int minutes) {
    return clock.instant().minus(Duration.ofMinutes(minutes));
  }

  private String alert(Instant at) {
    String id = UUID.randomUUID().toString();
    source.has(row(id, "New"), at);
    return id;
  }

  private String row(String id, String status) {
    return """
        {"SystemAlertId":"%s","AlertSeverity":"High","ProviderName":"MDATP","Status":"%s","Tactics":"Execution",
         "Entities":"[{\\"$id\\":\\"2\\",\\"MdatpDeviceId\\":\\"%s\\",\\"Type\\":\\"host\\"}]"}"""
        .formatted(id, status, machine);
  }

  private List<String> dispositions(String id) {
    return jdbc.sql("select disposition from alert where system_alert_id = :id").param("id", id).query(String.class).list();
  }

  private Instant watermark() {
    return book().progress(source.name()).orElseThrow().watermark();
  }

  private String row(String column) {
    return jdbc.sql("select " + column + " from alert_source where name = :name").param("name", source.name())
        .query((row, n) -> new String[] {row.getString(1)}).single()[0];
  }

  private double taken(String disposition) {
    return meters.counter("cordon.alerts.taken", "source", source.name(), "disposition", disposition).count();
  }

  private double age(String gauge) {
    return meters.get(gauge).tag("source", source.name()).timeGauge().value(TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
