package io.cordon.evidence;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The right edge of a tree: the roots of its perfect subtrees, largest first. Enough to append and to know the root,
 * and never more than 63 hashes, so appending costs the same however long the log is. Mutable, one thread.
 */
final class Frontier {
  private long size;
  private final List<byte[]> hashes = new ArrayList<>();

  /** @throws IllegalArgumentException if the stored hashes do not fit the size */
  static Frontier of(long size, byte[] stored) {
    if (size < 0 || stored.length != Long.bitCount(size) * Hash.LENGTH) {
      throw new IllegalArgumentException("stored tree edge does not fit size " + size);
    }
    Frontier frontier = new Frontier();
    frontier.size = size;
    for (ByteBuffer in = ByteBuffer.wrap(stored); in.hasRemaining(); ) {
      byte[] hash = new byte[Hash.LENGTH];
      in.get(hash);
      frontier.hashes.add(hash);
    }
    return frontier;
  }

  /** Told of every perfect subtree of 2^8, 2^16 and so on leaves when its last leaf came. */
  interface Subtrees {
    void complete(int height, long index, byte[] root);
  }

  void append(byte[] leafHash) {
    append(leafHash, (height, index, root) -> { });
  }

  void append(byte[] leafHash, Subtrees subtrees) {
    byte[] hash = leafHash;
    int height = 0;
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      hash = Hash.node(hashes.remove(hashes.size() - 1), hash);
      height++;
      if (height % StoredTree.STEP == 0) {
        subtrees.complete(height, rest >> 1, hash);
      }
    }
    hashes.add(hash);
    size++;
  }

  long size() {
    return size;
  }

  byte[] root() {
    if (hashes.isEmpty()) {
      return Hash.digest();
    }
    byte[] root = hashes.get(hashes.size() - 1);
    for (int i = hashes.size() - 2; i >= 0; i--) {
      root = Hash.node(hashes.get(i), root);
    }
    return root;
  }

  byte[] stored() {
    ByteBuffer out = ByteBuffer.allocate(hashes.size() * Hash.LENGTH);
    hashes.forEach(out::put);
    return out.array();
  }
}
