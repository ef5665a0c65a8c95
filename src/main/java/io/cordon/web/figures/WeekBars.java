package io.cordon.web.figures;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One bar a week, ready to be drawn as SVG: across in per cent of the width, so that words keep their size on every screen; down in
 * pixels from the top.
 *
 * @param title key of its words in messages.properties
 * @param top the highest value, in words
 */
public record WeekBars(String title, String top, List<Bar> bars) {
  /** Room for the bars, and where it begins. */
  static final int HEIGHT = 88;
  static final int ABOVE = 24;
  private static final double LEAST = 2;
  private static final double MOST_WIDE = 14;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  /**
   * @param week its Monday, in words
   * @param x left edge, per cent; width too
   * @param y top edge, pixels; height too, nought without a value
   * @param value in words
   */
  public record Bar(String week, String x, String width, String y, String height, String value) {}

  /** Lengths of time; nought stands for none, and is no time that something took. */
  static WeekBars ofTimes(String title, List<LocalDate> weeks, Function<LocalDate, Duration> value) {
    return of(title, weeks, week -> (double) value.apply(week).toSeconds(), seconds -> seconds == 0 ? "-" : Lengths.WORDS.show(Duration.ofSeconds((long) seconds.doubleValue())));
  }

  static WeekBars ofCounts(String title, List<LocalDate> weeks, Function<LocalDate, Long> value) {
    return of(title, weeks, week -> (double) value.apply(week), count -> String.valueOf((long) count.doubleValue()));
  }

  private static WeekBars of(String title, List<LocalDate> weeks, Function<LocalDate, Double> value, Function<Double, String> words) {
    double highest = weeks.stream().mapToDouble(value::apply).max().orElse(0);
    double step = 100.0 / weeks.size();
    double width = Math.min(step * 0.72, MOST_WIDE);
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < weeks.size(); i++) {
      double one = value.apply(weeks.get(i));
      double height = one == 0 ? 0 : Math.max(one / highest * HEIGHT, LEAST);
      bars.add(new Bar(DAY.format(weeks.get(i)), percent(i * step + (step - width) / 2), percent(width), number(ABOVE + HEIGHT - height), number(height), words.apply(one)));
    }
    return new WeekBars(title, words.apply(highest), bars);
  }

  /** Whether there is nothing to draw. */
  public boolean isEmpty() {
    return bars.stream().allMatch(bar -> bar.height().equals(number(0)));
  }

  public String first() {
    return bars.get(0).week();
  }

  public String last() {
    return bars.get(bars.size() - 1).week();
  }

  static String percent(double value) {
    return number(value) + "%";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
