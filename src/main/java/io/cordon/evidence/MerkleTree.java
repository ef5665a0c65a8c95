package io.cordon.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * RFC 6962 trees over leaf hashes: root, inclusion and consistency proofs. Making a proof needs a few roots of
 * parts of the tree, checking one needs none. The checks follow RFC 9162 2.1.3.2 and 2.1.4.2 and answer false for anything malformed.
 */
final class MerkleTree {
  private MerkleTree() {}

  static byte[] root(List<byte[]> leaves) {
    Frontier frontier = new Frontier();
    leaves.forEach(frontier::append);
    return frontier.root();
  }

  /** Roots of parts of a tree: over the leaves {@code from <= seq < to}. */
  interface Parts {
    byte[] root(long from, long to);
  }

  static List<byte[]> inclusionProof(long index, long size, Parts tree) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
    List<byte[]> proof = new ArrayList<>();
    addInclusion(proof, index, 0, size, tree);
    return proof;
  }

  static List<byte[]> consistencyProof(long oldSize, long size, Parts tree) {
    if (oldSize < 1 || oldSize > size) {
      throw new IllegalArgumentException("no proof from " + oldSize + " to " + size);
    }
    List<byte[]> proof = new ArrayList<>();
    addConsistency(proof, oldSize, 0, size, tree, true);
    return proof;
  }

  static boolean includes(long index, long size, byte[] leafHash, List<byte[]> proof, byte[] root) {
    if (size < 1 || index < 0 || index >= size || malformed(proof, leafHash, root)) {
      return false;
    }
    long fn = index;
    long sn = size - 1;
    byte[] hash = leafHash;
    for (byte[] step : proof) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        hash = Hash.node(step, hash);
        int shift = (fn & 1) == 1 ? 0 : Math.min(Long.numberOfTrailingZeros(fn), 63);
        fn >>= shift;
        sn >>= shift;
      } else {
        hash = Hash.node(hash, step);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && Arrays.equals(hash, root);
  }

  static boolean consistent(long oldSize, long newSize, List<byte[]> proof, byte[] oldRoot, byte[] newRoot) {
    if (oldSize < 1 || oldSize > newSize || malformed(proof, oldRoot, newRoot)) {
      return false;
    }
    if (oldSize == newSize) {
      return proof.isEmpty() && Arrays.equals(oldRoot, newRoot);
    }
    List<byte[]> path = new ArrayList<>(proof);
    if (Long.bitCount(oldSize) == 1) {
      path.add(0, oldRoot);
    }
    return !path.isEmpty() && leadsToBoth(path, oldSize, newSize, oldRoot, newRoot);
  }

  private static boolean leadsToBoth(
      List<byte[]> path, long oldSize, long newSize, byte[] oldRoot, byte[] newRoot) {
    int ones = Long.numberOfTrailingZeros(~(oldSize - 1));
    long fn = (oldSize - 1) >> ones;
    long sn = (newSize - 1) >> ones;
    byte[] oldHash = path.get(0);
    byte[] newHash = path.get(0);
    for (byte[] step : path.subList(1, path.size())) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        oldHash = Hash.node(step, oldHash);
        newHash = Hash.node(step, newHash);
        int shift = (fn & 1) == 1 ? 0 : Math.min(Long.numberOfTrailingZeros(fn), 63);
        fn >>= shift;
        sn >>= shift;
      } else {
        newHash = Hash.node(newHash, step);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && Arrays.equals(oldHash, oldRoot) && Arrays.equals(newHash, newRoot);
  }

  private static boolean malformed(List<byte[]> proof, byte[] first, byte[] second) {
    return first.length != Hash.LENGTH || second.length != Hash.LENGTH
        || proof.stream().anyMatch(step -> step.length != Hash.LENGTH);
  }

  private static void addInclusion(List<byte[]> proof, long index, long from, long to, Parts tree) {
    if (to - from == 1) {
      return;
    }
    long split = split(from, to);
    if (index < split) {
      addInclusion(proof, index, from, split, tree);
      proof.add(tree.root(split, to));
    } else {
      addInclusion(proof, index, split, to, tree);
      proof.add(tree.root(from, split));
    }
  }

  private static void addConsistency(List<byte[]> proof, long oldSize, long from, long to, Parts tree, boolean known) {
    if (oldSize == to) {
      if (!known) {
        proof.add(tree.root(from, to));
      }
      return;
    }
    long split = split(from, to);
    if (oldSize <= split) {
      addConsistency(proof, oldSize, from, split, tree, known);
      proof.add(tree.root(split, to));
    } else {
      addConsistency(proof, oldSize, split, to, tree, false);
      proof.add(tree.root(from, split));
    }
  }

  /** Where RFC 6962 divides the leaves of this part: after the largest power of two below their number. */
  static long split(long from, long to) {
    return from + Long.highestOneBit(to - from - 1);
  }
}
