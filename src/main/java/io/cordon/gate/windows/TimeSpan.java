package io.cordon.gate.windows;

import java.time.Duration;
import java.time.Instant;

/** From one instant up to another, the end not included. UTC. */
public record TimeSpan(Instant from, Instant to) {
  public TimeSpan {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a span of time ends after it begins");
    }
  }

  /** Whether the two share a moment. */
  public boolean overlaps(TimeSpan other) {
    return from.isBefore(other.to) && other.from.isBefore(to);
  }

  public Duration length() {
    return Duration.between(from, to);
  }
}
