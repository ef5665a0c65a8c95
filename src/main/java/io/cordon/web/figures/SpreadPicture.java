package io.cordon.web.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * From the half to the slowest of each measure, ready to be drawn as SVG over one axis that grows tenfold from step to step: seconds
 * and days both matter here. Across in per cent of the width, down in pixels.
 */
public record SpreadPicture(List<Row> rows, List<Tick> ticks, int height) {
  private static final int ROW = 48;
  private static final int AXIS = 28;
  private static final List<Measure> SHOWN = List.of(Measure.TOLD, Measure.ANSWER, Measure.DECIDED, Measure.CONTAINED);
  /** Where the axis has a line, and where it may end. */
  private static final Map<Duration, String> MARKS = new TreeMap<>(Map.of(
      Duration.ofSeconds(1), "1 s", Duration.ofSeconds(10), "10 s", Duration.ofMinutes(1), "1 min", Duration.ofMinutes(10), "10 min", Duration.ofHours(1), "1 h",
      Duration.ofDays(1), "1 day", Duration.ofDays(30), "30 days", Duration.ofDays(400), ""));

  /**
   * @param y of the line, pixels
   * @param half where half of them are over, per cent; most and slowest likewise
   */
  public record Row(Spread spread, int y, String half, String most, String slowest) {}

  /** A mark of the axis; anchor says which end of its words is there. */
  public record Tick(String x, String words, String anchor) {}

  static SpreadPicture of(Figures figures) {
    List<Spread> spreads = SHOWN.stream().map(figures::of).toList();
    Duration slowest = spreads.stream().map(Spread::slowest).max(Duration::compareTo).orElse(Duration.ZERO);
    Duration end = MARKS.keySet().stream().skip(2).filter(mark -> mark.compareTo(slowest) >= 0).findFirst().orElse(Duration.ofDays(400));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < spreads.size(); i++) {
      Spread one = spreads.get(i);
      rows.add(new Row(one, i * ROW + 32, place(one.half(), end), place(one.most(), end), place(one.slowest(), end)));
    }
    Stream<Map.Entry<Duration, String>> marks = MARKS.entrySet().stream().filter(mark -> mark.getKey().compareTo(end) <= 0);
    return new SpreadPicture(rows, marks.map(mark -> tick(mark, end)).toList(), SHOWN.size() * ROW + AXIS);
  }

  private static Tick tick(Map.Entry<Duration, String> mark, Duration end) {
    boolean first = mark.getKey().toSeconds() == 1;
    return new Tick(place(mark.getKey(), end), mark.getValue(), first ? "start" : mark.getKey().equals(end) ? "end" : "middle");
  }

  private static String place(Duration time, Duration end) {
    return WeekBars.percent(1 + 97 * Math.log10(Math.max(time.toSeconds(), 1)) / Math.log10(end.toSeconds()));
  }

  /** Where the axis is, pixels from the top. */
  public int axis() {
    return height - AXIS + 8;
  }
}
