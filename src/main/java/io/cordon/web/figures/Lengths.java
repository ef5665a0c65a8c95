package io.cordon.web.figures;

import java.time.Duration;

/** Lengths of time as people say them, in at most two units. */
public final class Lengths {
  static final Lengths WORDS = new Lengths();

  private Lengths() {}

  /** Such as "40 s", "12 min", "2 h 5 min", "3 d 4 h"; nought as "0 s". */
  public String show(Duration time) {
    if (time.toMinutes() < 1) {
      return time.toSeconds() + " s";
    }
    if (time.toHours() < 1) {
      return time.toMinutes() + " min";
    }
    return time.toDays() < 1 ? two(time.toHours(), "h", time.toMinutesPart(), "min") : two(time.toDays(), "d", time.toHoursPart(), "h");
  }

  private static String two(long large, String unit, long small, String smaller) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
  }
}
