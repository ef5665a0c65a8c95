package io.cordon.gate.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.PermitView;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** To the second, when an approved action may be sent; nothing of it stays in the database. */
class WindowEdgesTest extends GateAlone {
  private static final Duration GUARD = Duration.ofMinutes(2);

  /** The second window holds the hour that Europe/Berlin skips, the third the one it has twice, the fourth a leap day's end. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-02T14:00:00+01:00, 2026-03-02T15:00:00+01:00",
    "2026-03-29T01:30:00+01:00, 2026-03-29T03:30:00+02:00",
    "2026-10-25T02:30:00+02:00, 2026-10-25T02:30:00+01:00",
    "2028-02-29T23:30:00+01:00, 2028-03-01T00:30:00+01:00"
  })
  void sendsFromTheOpeningUntilTheGuard(OffsetDateTime opens, OffsetDateTime closes) {
    Instant from = opens.toInstant();
    Instant to = closes.toInstant();
    assertThat(Duration.between(from, to)).isEqualTo(Duration.ofHours(1));
    granted(from, to, permit -> {
      assertThat(sendsAt(from.minusSeconds(1), permit)).as("a second before").isFalse();
      assertThat(sendsAt(to.minus(GUARD), permit)).as("at the guard").isFalse();
      assertThat(sendsAt(to, permit)).as("at the close").isFalse();
      assertThat(sendsAt(to.plus(Duration.ofDays(365)), permit)).as("a year later").isFalse();
      assertThat(sendsAt(from, permit)).as("at the opening").isTrue();
    });
    granted(from, to, permit -> assertThat(sendsAt(to.minus(GUARD).minusMillis(1), permit)).as("just before the guard").isTrue());
  }

  @ParameterizedTest
  @ValueSource(longs = {600_000, -600_000, 2_001, -2_001})
  void sendsNothingWhileTheClocksDisagree(long milliseconds) {
    granted(GateWorld.OPENS, GateWorld.CLOSES, permit -> {
      world.clock.databaseAhead = Duration.ofMillis(milliseconds);
      assertThat(sendsAt(GateWorld.OPENS.plusSeconds(1), permit)).isFalse();
      world.clock.databaseAhead = Duration.ofSeconds(2);
      assertThat(sendsAt(GateWorld.OPENS.plusSeconds(1), permit)).as("once they agree again").isTrue();
    });
  }

  @Test
  void releasesWhateverTheClocksSay() {
    granted(GateWorld.OPENS, GateWorld.CLOSES, permit -> {
      ApprovalRequest granted = world.newest().orElseThrow();
      PermitView release = world.permits.intendRelease(granted, world.plans.find(granted.planId()).orElseThrow(), world.permit().orElseThrow());
      world.clock.databaseAhead = Duration.ofMinutes(10);
      assertThat(world.permits.beginRelease(release.id())).isPresent();
    });
  }

  @Test
  void releasesNothingInAnotherModeThanTheInstallations() {
    granted(GateWorld.OPENS, GateWorld.CLOSES, permit -> {
      ApprovalRequest granted = world.newest().orElseThrow();
      PermitView release = world.permits.intendRelease(granted, world.plans.find(granted.planId()).orElseThrow(), world.permit().orElseThrow());
      world.jdbc.update("insert into operating_mode (mode, since) values ('SHADOW', '2026-01-01Z') on conflict (one) do update set mode = excluded.mode");
      assertThat(world.permits.beginRelease(release.id())).isEmpty();
      assertThat(world.permits.find(release.id()).orElseThrow().state()).isEqualTo("INTENDED");
      world.jdbc.update("update operating_mode set mode = 'LIVE'");
      assertThat(world.permits.beginRelease(release.id())).isPresent();
    });
  }

  @Test
  void letsASenderThatWasHeldUpCallNoMore() {
    granted(GateWorld.OPENS, GateWorld.CLOSES, permit -> {
      world.clock.set(GateWorld.OPENS);
      world.fallAsleep();
      world.clock.tick(Duration.ofSeconds(30));
      world.wakeUp();
      assertThat(world.outside.calls).isEmpty();
      assertThat(world.permit().orElseThrow().state()).isEqualTo("SENDING");
    });
  }

  private boolean sendsAt(Instant moment, String permit) {
    world.clock.set(moment);
    return world.permits.beginSending(permit).isPresent();
  }

  private void granted(Instant from, Instant to, Consumer<String> then) {
    world.transaction.executeWithoutResult(status -> {
      status.setRollbackOnly();
      world.restore(new GateWorld.Memory(from.minus(Duration.ofMinutes(20)), false, List.of(), List.of()));
      world.ask();
      world.approve(from, to);
      world.intend(false);
      world.sign();
      then.accept(world.permit().orElseThrow().id());
    });
  }
}
