package io.cordon.evidence;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether the log moves, whoever in the cluster signs it and whatever keeps it from signing. Counted in looks and not in
 * time, so that neither a stepped clock nor what an outage left behind looks like a dead signer.
 */
public class SignerPace {
  /** How often the same event may be seen first in the queue; at a look every 5 s it is a minute. */
  static final int LOOKS = 12;

  private final JdbcClient jdbc;
  private String oldest;
  private int looks;

  SignerPace(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Looks which event waits longest for a checkpoint; to be called every few seconds. */
  public void look() {
    Optional<String> now = oldest();
    seen(now.orElse(null));
  }

  /** Whether the event that waits longest has waited for about a minute. */
  public synchronized boolean isLate() {
    return looks > LOOKS;
  }

  private synchronized void seen(String now) {
    looks = now == null ? 0 : now.equals(oldest) ? looks + 1 : 1;
    oldest = now;
  }

  /** One with a number waits longer than one without. */
  private Optional<String> oldest() {
    return jdbc.sql("""
            select coalesce(
              (select stage_id from evidence_entry where seq >= (select coalesce(max(size), 0) from evidence_checkpoint) order by seq limit 1),
              (select id from evidence_stage where state = 'STAGED' order by staged_order limit 1))::text""")
        .query((row, n) -> Optional.ofNullable(row.getString(1))).single();
  }
}
