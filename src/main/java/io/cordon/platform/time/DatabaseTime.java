package io.cordon.platform.time;

import java.time.Instant;

/** What time the database thinks it is, asked anew every time; fails as the database does. */
@FunctionalInterface
public interface DatabaseTime {
  Instant now();
}
