package io.cordon.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Roots of parts of the stored tree, so that a proof reads a few hundred hashes however long the log is. Every eighth
 * level is stored; what lies between is computed, and what an older Cordon did not store is computed from below. For one
 * use: it remembers what it read.
 */
final class StoredTree implements MerkleTree.Parts {
  /** Levels from one stored level to the next. */
  static final int STEP = 8;
  private static final int WIDTH = 1 << STEP;

  private final JdbcClient jdbc;
  private final TreeState leaves;
  private final long size;
  private final Map<String, List<byte[]>> read = new HashMap<>();

  /** @param size number of entries of the tree that is meant; the stored one may have more */
  StoredTree(JdbcClient jdbc, long size) {
    this.jdbc = jdbc;
    this.size = size;
    this.leaves = new TreeState(jdbc);
  }

  @Override
  public byte[] root(long from, long to) {
    int height = Long.numberOfTrailingZeros(to - from);
    if (Long.bitCount(to - from) == 1 && from % (to - from) == 0) {
      return perfect(height, from >> height);
    }
    long split = MerkleTree.split(from, to);
    return Hash.node(root(from, split), root(split, to));
  }

  private byte[] perfect(int height, long index) {
    int below = height % STEP;
    int first = (int) (index << below) % WIDTH;
    return folded(block(height - below, (index << below) / WIDTH).subList(first, first + (1 << below)));
  }

  private static byte[] folded(List<byte[]> hashes) {
    List<byte[]> level = hashes;
    while (level.size() > 1) {
      List<byte[]> next = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        next.add(Hash.node(level.get(i), level.get(i + 1)));
      }
      level = next;
    }
    return level.get(0);
  }

  /** The complete nodes of a stored level that lie under one node of the next one; fewer at the right edge. */
  private List<byte[]> block(int height, long number) {
    String key = height + "/" + number;
    if (!read.containsKey(key)) {
      read.put(key, height == 0 ? leaves.leafHashes(number * WIDTH, (number + 1) * WIDTH) : nodes(height, number * WIDTH));
    }
    return read.get(key);
  }

  private List<byte[]> nodes(int height, long first) {
    Map<Long, byte[]> stored = new HashMap<>();
    jdbc.sql("select index, hash from evidence_node where height = ? and index >= ? and index < ?")
        .params(height, first, first + WIDTH)
        .query(row -> {
          stored.put(row.getLong("index"), row.getBytes("hash"));
        });
    List<byte[]> all = new ArrayList<>();
    for (long index = first; index < first + WIDTH && index + 1 <= size >> height; index++) {
      byte[] hash = stored.get(index);
      all.add(hash == null ? folded(block(height - STEP, index)) : hash);
    }
    return all;
  }
}
