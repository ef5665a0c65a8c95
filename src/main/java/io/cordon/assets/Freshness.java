package io.cordon.assets;

import java.time.Duration;
import java.time.Instant;

/** What the age of a fact is worth. */
public enum Freshness {
  /** Used as it is. */
  FRESH,
  /** Read again before use; when that fails it still counts. */
  AGED,
  /** Read again before use; when that fails nothing is known. */
  STALE;

  /** The worth at {@code now}: exactly as old as a limit is already beyond it. A fact from the future is worth nothing. */
  static Freshness of(Instant readAt, Instant now, Duration freshFor, Duration staleAfter) {
    Duration age = Duration.between(readAt, now);
    if (age.isNegative()) {
      return STALE;
    }
    if (age.compareTo(freshFor) < 0) {
      return FRESH;
    }
    return age.compareTo(staleAfter) < 0 ? AGED : STALE;
  }
}
