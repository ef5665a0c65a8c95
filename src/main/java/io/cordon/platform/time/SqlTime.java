package io.cordon.platform.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Gives an instant to the database and takes it back; the driver knows no {@link Instant} itself. */
public final class SqlTime {
  private SqlTime() {}

  /** The same moment in UTC, or null for null. */
  public static OffsetDateTime of(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  /** The moment in a column, or null for null. */
  public static Instant read(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
