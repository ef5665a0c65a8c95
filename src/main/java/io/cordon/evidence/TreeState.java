package io.cordon.evidence;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stored right edge of the tree and the lock that makes one writer of many nodes. */
final class TreeState {
  private static final long LOCK = 0x436f72646f6e4576L;

  private final JdbcClient jdbc;

  TreeState(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Held until the current transaction ends. */
  void lock() {
    jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query((row, number) -> true).list();
  }

  /** @throws EvidenceHaltedException when what is stored is no edge of a tree */
  Frontier read() {
    try {
      return stored();
    } catch (IllegalArgumentException e) {
      throw new EvidenceHaltedException("the " + e.getMessage());
    }
  }

  private Frontier stored() {
    return jdbc.sql("select size, frontier from evidence_tree_state where id = 1")
        .query((row, number) -> Frontier.of(row.getLong("size"), row.getBytes("frontier"))).single();
  }

  void write(Frontier frontier) {
    jdbc.sql("update evidence_tree_state set size = ?, frontier = ? where id = 1")
        .params(frontier.size(), frontier.stored()).update();
  }

  /** How many entries the log holds by its highest number. */
  long storedSize() {
    return jdbc.sql("select coalesce(max(seq) + 1, 0) from evidence_entry").query(Long.class).single();
  }

  /** Leaf hashes with {@code from <= seq < to}, in order. */
  List<byte[]> leafHashes(long from, long to) {
    return jdbc.sql("select leaf_hash from evidence_entry where seq >= ? and seq < ? order by seq").params(from, to)
        .query((row, number) -> row.getBytes("leaf_hash")).list();
  }
}
