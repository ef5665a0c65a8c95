package io.cordon.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * RFC 6962 trees over leaf hashes: root, inclusion and consistency proofs. Making a proof reads all leaves, checking
 * one does not. The checks follow RFC 9162 2.1.3.2 and 2.1.4.2 and answer false for anything malformed.
 */
final class MerkleTree {
  private MerkleTree() {}

  static byte[] root(List<byte[]> leaves) {
    Frontier frontier = new Frontier();
    leaves.forEach(frontier::append);
    return frontier.root();
  }

  static List<byte[]> inclusionProof(int index, List<byte[]> leaves) {
    if (index < 0 || index >= leaves.size()) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + leaves.size());
    }
    List<byte[]> proof = new ArrayList<>();
    addInclusion(proof, index, leaves);
    return proof;
  }

  static List<byte[]> consistencyProof(int oldSize, List<byte[]> leaves) {
    if (oldSize < 1 || oldSize > leaves.size()) {
      throw new IllegalArgumentException("no proof from " + oldSize + " to " + leaves.size());
    }
    List<byte[]> proof = new ArrayList<>();
    addConsistency(proof, oldSize, leaves, true);
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

  private static void addInclusion(List<byte[]> proof, int index, List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return;
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    List<byte[]> left = leaves.subList(0, split);
    List<byte[]> right = leaves.subList(split, leaves.size());
    if (index < split) {
      addInclusion(proof, index, left);
      proof.add(root(right));
    } else {
      addInclusion(proof, index - split, right);
      proof.add(root(left));
    }
  }

  private static void addConsistency(List<byte[]> proof, int oldSize, List<byte[]> leaves, boolean known) {
    if (oldSize == leaves.size()) {
      if (!known) {
        proof.add(root(leaves));
      }
      return;
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    List<byte[]> left = leaves.subList(0, split);
    List<byte[]> right = leaves.subList(split, leaves.size());
    if (oldSize <= split) {
      addConsistency(proof, oldSize, left, known);
      proof.add(root(right));
    } else {
      addConsistency(proof, oldSize - split, right, false);
      proof.add(root(left));
    }
  }
}
