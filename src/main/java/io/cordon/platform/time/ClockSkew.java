package io.cordon.platform.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/**
 * How far the clock of this node and the one of the database are apart. Windows and deadlines of all nodes meet in the
 * database, so a node whose clock is wrong must not act on them (design section 2).
 */
public class ClockSkew {
  /** More than this, and nothing acts. */
  public static final Duration MOST = Duration.ofSeconds(2);

  private final Clock clock;
  private final DatabaseTime database;

  ClockSkew(Clock clock, DatabaseTime database) {
    this.clock = clock;
    this.database = database;
  }

  /** Whether this node may act now; a difference that cannot be measured, or only after a long wait, counts as too much. */
  public boolean isSmall() {
    return measure().filter(most -> most.compareTo(MOST) <= 0).isPresent();
  }

  /** The most by which the clocks can differ now, never negative; empty when the database does not tell. */
  Optional<Duration> measure() {
    try {
      Instant before = clock.instant();
      Instant there = database.now();
      Instant after = clock.instant();
      Duration early = Duration.between(there, after).abs();
      Duration late = Duration.between(before, there).abs();
      return Optional.of(early.compareTo(late) > 0 ? early : late);
    } catch (DataAccessException e) {
      return Optional.empty();
    }
  }
}
