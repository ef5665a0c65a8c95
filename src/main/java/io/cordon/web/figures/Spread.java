package io.cordon.web.figures;

import java.time.Duration;
import java.time.LocalDate;

/**
 * How long something took, over all cases of a period or those opened in one week.
 *
 * @param week its Monday; null for the whole period
 * @param count of how many
 * @param half half of them took no longer (p50); a value that occurred, as are the next two
 * @param most nine of ten took no longer (p90)
 * @param total all of them together
 */
public record Spread(Measure measure, LocalDate week, long count, Duration half, Duration most, Duration slowest, Duration total) {
  static Spread none(Measure measure, LocalDate week) {
    return new Spread(measure, week, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }
}
