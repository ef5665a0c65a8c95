package io.cordon.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the age of facts is worth, at the boundaries and in between. */
class FactsAgeTest {
  private static final Instant START = Instant.parse("2026-03-01T02:00:00Z");
  private static final AssetsProperties LIMITS = new AssetsProperties(null, null, 2);

  private final SettableClock clock = new SettableClock(START);
  private final List<String> asked = new ArrayList<>();
  private RuntimeException failure;
  private final RememberedFacts<String> facts =
      new RememberedFacts<>(
          key -> {
            asked.add(key);
            if (failure != null) {
              throw failure;
            }
            return key + asked.size();
          },
          LIMITS,
          clock);

  @AfterAll
  static void giveTheClockBack() {
    ClockUtil.reset();
  }

  @ParameterizedTest
  @CsvSource({"-1,STALE", "0,FRESH", "599,FRESH", "600,AGED", "3599,AGED", "3600,STALE", "999999,STALE"})
  void isWorthLessTheOlderItIs(long seconds, Freshness worth) {
    assertThat(Freshness.of(START, START.plusSeconds(seconds), LIMITS.freshFor(), LIMITS.staleAfter())).isEqualTo(worth);
  }

  @Test
  void isNeverFreshWithALimitOfZero() {
    assertThat(Freshness.of(START, START, Duration.ZERO, LIMITS.staleAfter())).isEqualTo(Freshness.AGED);
  }

  @Test
  void asksOnceWhileFreshAndThenAgain() {
    assertThat(facts.get("a")).isEqualTo(new Dated<>("a1", START, false));
    clock.tick(Duration.ofSeconds(599));
    assertThat(facts.get("a")).isEqualTo(new Dated<>("a1", START, false));
    clock.tick(Duration.ofSeconds(1));
    assertThat(facts.get("a")).isEqualTo(new Dated<>("a2", clock.instant(), false));
  }

  @Test
  void usesWhatItHasWhileTheSourceIsAwayAndSaysWhenThatIsTooOld() {
    facts.get("a");
    failure = new ArcUnavailable(503);
    clock.set(START.plusSeconds(3599));
    assertThat(facts.get("a")).isEqualTo(new Dated<>("a1", START, false));
    clock.tick(Duration.ofSeconds(1));
    assertThat(facts.get("a")).isEqualTo(new Dated<>("a1", START, true));
    failure = null;
    assertThat(facts.get("a").stale()).isFalse();
  }

  @Test
  void failsWhenNothingIsRememberedAndOnFailuresOfOtherKinds() {
    failure = new MdeLookupUnavailable("status 500", null);
    assertThatThrownBy(() -> facts.get("a")).isSameAs(failure);
    failure = null;
    facts.get("a");
    clock.tick(Duration.ofMinutes(11));
    failure = new IllegalArgumentException("not an id");
    assertThatThrownBy(() -> facts.get("a")).isSameAs(failure);
  }

  @Test
  void forgetsWhatWasUnusedLongest() {
    facts.get("a");
    facts.get("b");
    facts.get("a");
    facts.get("c");
    facts.get("a");
    assertThat(asked).containsExactly("a", "b", "c");
    facts.get("b");
    assertThat(asked).hasSize(4);
  }

  @Test
  void refusesLimitsThatContradictEachOther() {
    assertThatThrownBy(() -> new AssetsProperties(Duration.ofHours(2), Duration.ofHours(1), null)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new AssetsProperties(null, null, null)).isEqualTo(new AssetsProperties(Duration.ofMinutes(10), Duration.ofHours(1), 20_000));
  }
}
