package io.cordon.evidence;

import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the log stands, for whoever looks after it: what is signed and what waits. Nothing of any entry. */
public class LogState {
  /** Events counted that wait; more than these are too many whatever their number. */
  public static final int MOST_WAITING = 10_000;
  private static final int LAST = 5;

  private final JdbcClient jdbc;
  private final EvidencePump pump;
  private final SignerPace pace;

  LogState(JdbcClient jdbc, EvidencePump pump, SignerPace pace) {
    this.jdbc = jdbc;
    this.pump = pump;
    this.pace = pace;
  }

  /**
   * A signed checkpoint.
   *
   * @param size number of entries it covers
   * @param root of their tree, as hexadecimal digits
   * @param at when it was signed, UTC
   */
  public record Signed(long size, String root, Instant at) {}

  /**
   * The state of this moment.
   *
   * @param halted why this node signs nothing; null when all is well
   * @param late whether what waits has not moved for about a minute
   * @param waiting events that are in no checkpoint yet, at most {@link #MOST_WAITING}
   * @param last the newest checkpoints, the newest first
   */
  public record State(String halted, boolean late, long waiting, List<Signed> last) {}

  public State now() {
    long waiting = jdbc.sql("select count(*) from (select 1 from evidence_stage where state = 'STAGED' limit :most) waiting")
        .param("most", MOST_WAITING).query(Long.class).single();
    List<Signed> last = jdbc.sql("select size, encode(root, 'hex') as root, at from evidence_checkpoint order by size desc limit :last")
        .param("last", LAST).query((row, number) -> new Signed(row.getLong("size"), row.getString("root"), SqlTime.read(row, "at"))).list();
    return new State(pump.halted().orElse(null), pace.isLate(), waiting, last);
  }
}
