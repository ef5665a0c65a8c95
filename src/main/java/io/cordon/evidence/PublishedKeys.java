package io.cordon.evidence;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The public keys of the log and the checkpoints by which one took over from another, for whoever checks it. */
public final class PublishedKeys {
  /** How many kept checkpoints go into a bundle, the newest. */
  private static final int KEPT = 100;

  private final JdbcClient jdbc;
  private final VerifierKey current;

  PublishedKeys(JdbcClient jdbc, VerifierKey current) {
    this.jdbc = jdbc;
    this.current = current;
  }

  /**
   * A key as text for a verifier and the time it signs.
   *
   * @param fromSize number of entries at which it took over
   * @param until when the next took over, UTC; null for the current one
   */
  public record Published(String vkey, long fromSize, Instant from, Instant until) {}

  /** All keys, oldest first. */
  public List<Published> all() {
    return jdbc.sql("""
            select vkey, from_size, at as "from", lead(at) over (order by ordinal) as until
              from evidence_key order by ordinal""")
        .query(Published.class).list();
  }

  /** The keys as lines of text; the current one alone before it signed anything. */
  List<String> lines() {
    List<String> known = SigningKeys.known(jdbc);
    return known.isEmpty() ? List.of(current.text()) : known;
  }

  String currentLine() {
    return current.text();
  }

  /** The earlier checkpoints with which a key took over, oldest first. */
  List<String> handovers(long size) {
    return jdbc.sql("""
            select note from evidence_checkpoint where size < :size and size in (
              select (select min(c.size) from evidence_checkpoint c where c.size > k.from_size) from evidence_key k where k.ordinal > 0)
             order by size""")
        .param("size", size).query(String.class).list();
  }

  /** The newest of the earlier checkpoints that are kept outside. */
  List<String> kept(long size) {
    return jdbc.sql("""
            select note from evidence_checkpoint where size in (
              select distinct size from evidence_anchor where size < :size order by size desc limit :kept) order by size""")
        .param("size", size).param("kept", KEPT).query(String.class).list();
  }
}
