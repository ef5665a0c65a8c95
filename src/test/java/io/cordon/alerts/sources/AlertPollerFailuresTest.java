package io.cordon.alerts.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.cordon.alerts.AlertIntake;
import io.cordon.platform.azure.AlertReadException;
import io.cordon.platform.azure.AlertReadExceptions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.CannotAcquireLockException;

/** What becomes of a source, and of its other alerts, when something goes wrong. */
@ExtendWith(OutputCaptureExtension.class)
class AlertPollerFailuresTest extends PolledSource {
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
    assertThat(stored("last_error")).isEqualTo("CannotAcquireLockException");
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
    assertThat(stored("last_error")).isNull();
  }

  @Test
  void movesNothingOnAPartialResultAndAsksForLess() {
    alert(ago(5));
    fails(AlertReadExceptions.incomplete("PARTIAL_RESULT"));
    AlertPoller poller = poller(intake);
    assertWaits(poller, Duration.ofSeconds(10));
    assertThat(watermark()).isEqualTo(ago(60).minusSeconds(10));
    poller.runDue();
    assertThat(source.asked).extracting(AlertSource.Position::most).containsExactly(100, 50);
  }

  @Test
  void asksForLessWhereAPageWasTooMuch() {
    source.largestPage = 10;
    for (int i = 0; i < 15; i++) {
      alert(ago(20).plusSeconds(i));
    }
    source.before = position -> {
      if (position.cursor() != null && position.most() > 25) {
        throw AlertReadExceptions.incomplete("UNREADABLE");
      }
    };
    AlertPoller poller = poller(intake);
    poller.runDue();
    for (int seconds : new int[] {10, 20}) {
      clock.tick(Duration.ofSeconds(seconds));
      poller.runDue();
    }
    assertThat(source.asked).extracting(AlertSource.Position::most).containsExactly(100, 100, 50, 25);
    assertThat(taken("opened") + taken("joined")).isEqualTo(15);
    assertThat(stored("last_error")).isNull();
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
}
