package io.cordon.web.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where bars and lines are drawn, and what is said of them. */
class PicturesTest {
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-16");
  private static final List<LocalDate> WEEKS = List.of(MONDAY.minusWeeks(1), MONDAY, MONDAY.plusWeeks(1));

  @Test
  void drawsTheHighestBarToTheTopAndNoneForNothing() {
    Map<LocalDate, Duration> took = Map.of(WEEKS.get(0), Duration.ZERO, MONDAY, Duration.ofMinutes(65), WEEKS.get(2), Duration.ofSeconds(13 * 60 * 5 / 2));
    WeekBars drawn = WeekBars.ofTimes("title", WEEKS, took::get);
    assertThat(drawn.top()).isEqualTo("1 h 5 min");
    assertThat(drawn.bars()).extracting(WeekBars.Bar::value).containsExactly("-", "1 h 5 min", "32 min");
    assertThat(drawn.bars()).extracting(WeekBars.Bar::height).containsExactly("0.00", "88.00", "44.00");
    assertThat(drawn.bars()).extracting(WeekBars.Bar::y).containsExactly("112.00", "24.00", "68.00");
    assertThat(drawn.isEmpty()).isFalse();
    assertThat(WeekBars.ofCounts("title", WEEKS, week -> 0L).isEmpty()).isTrue();
  }

  @Test
  void endsTheAxisBehindTheSlowest() {
    assertThat(ticks(Duration.ofSeconds(50))).containsExactly("1 s", "10 s", "1 min");
    assertThat(ticks(Duration.ofHours(1))).containsExactly("1 s", "10 s", "1 min", "10 min", "1 h");
    assertThat(ticks(Duration.ofDays(3))).endsWith("1 day", "30 days");
    assertThat(SpreadPicture.of(figures(Duration.ofHours(1))).rows().get(3).slowest()).isEqualTo("98.00%");
    assertThat(SpreadPicture.of(figures(Duration.ofSeconds(0))).rows().get(3).slowest()).isEqualTo("1.00%");
  }

  @Test
  void saysLengthsAsPeopleDo() {
    assertThat(List.of(0, 59, 60, 3_599, 3_600, 7_500, 86_400, 273_600)).extracting(seconds -> Lengths.WORDS.show(Duration.ofSeconds(seconds)))
        .containsExactly("0 s", "59 s", "1 min", "59 min", "1 h", "2 h 5 min", "1 d", "3 d 4 h");
  }

  private static List<String> ticks(Duration slowest) {
    return SpreadPicture.of(figures(slowest)).ticks().stream().map(SpreadPicture.Tick::words).toList();
  }

  private static Figures figures(Duration slowest) {
    Spread spread = new Spread(Measure.CONTAINED, null, 1, slowest, slowest, slowest, slowest);
    return new Figures(new Period(MONDAY, MONDAY.plusDays(6), ZoneOffset.UTC), List.of(spread), List.of());
  }
}
