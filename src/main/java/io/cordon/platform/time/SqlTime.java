package io.cordon.platform.time;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Gives an instant to the database; the driver takes no {@link Instant} itself. */
public final class SqlTime {
  private SqlTime() {}

  /** The same moment in UTC, or null for null. */
  public static OffsetDateTime of(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
