package io.cordon.platform.database;

import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of a table that one node of all works on at a time, each when it is due. The table has the columns next_run,
 * claimed_by and claimed_until; a row whose next_run is null is never due.
 */
public final class Claims {
  /** Longer than the work on one row takes; a node that dies holds its row no longer. */
  public static final Duration LASTS = Duration.ofMinutes(2);

  private static final String DUE = "next_run <= :now and (claimed_until is null or claimed_until <= :now)";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final String table;
  private final String key;

  /**
   * @param table and {@code key}, its primary key: names of ours, never from outside
   */
  public Claims(JdbcClient jdbc, Clock clock, String table, String key) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.table = table;
    this.key = key;
  }

  /** The right to work on a row, until it lapses or is given back; the token stands in claimed_by. */
  public record Claim(String key, String token) {}

  /** Claims this row if it is due and nobody else's; what was written of it before that stands. */
  public Optional<Claim> take(String row) {
    return claim(key + "::text = :row and " + DUE, row);
  }

  /** Claims the row that has been due for the longest time. */
  public Optional<Claim> takeNext() {
    String next = "select " + key + " from " + table + " where " + DUE + " order by next_run limit 1 for update skip locked";
    return claim(key + " = (" + next + ")", null);
  }

  private Optional<Claim> claim(String which, String row) {
    Instant now = clock.instant();
    String token = UUID.randomUUID().toString();
    return jdbc.sql("update " + table + " set claimed_by = :token, claimed_until = :until where " + which + " returning " + key + "::text")
        .param("row", row)
        .param("token", token)
        .param("until", SqlTime.of(now.plus(LASTS)))
        .param("now", SqlTime.of(now))
        .query(String.class)
        .optional()
        .map(claimed -> new Claim(claimed, token));
  }

  /** Gives a row back, due again then, or never again if that is null. Returns whether it was still ours. */
  public boolean giveBack(Claim claim, Instant nextRun) {
    return jdbc.sql(
                "update " + table + " set claimed_by = null, claimed_until = null, next_run = :next where " + key + "::text = :row and claimed_by = :token")
            .param("next", SqlTime.of(nextRun))
            .param("row", claim.key())
            .param("token", claim.token())
            .update()
        == 1;
  }
}
