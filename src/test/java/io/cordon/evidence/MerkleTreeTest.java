package io.cordon.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  private static final List<String> TYPES = List.of("ALERT_RECEIVED", "APPROVAL_REQUESTED", "APPROVAL_GRANTED",
      "ACTION_INTENT", "ACTION_RESULT", "CASE_CLOSED", "CAB_EXPORTED");
  private static final List<byte[]> SEVEN = IntStream.range(0, 7).mapToObj(i -> Hash.leaf(
      ("{\"at\":\"2026-01-02T03:04:0" + i + ".000Z\",\"case\":\"c-0001\",\"seq\":" + i + ",\"type\":\"" + TYPES.get(i)
          + "\",\"v\":1}").getBytes(StandardCharsets.UTF_8))).toList();
  private static final String ROOT_3 = "Z6fb+8q9iyljcPdGX4Tnf6VUn9YynA6qRXkHytSjeHk=";
  private static final String ROOT_7 = "PfVgPPQtaJ0ZSd8eR0wUjfXJ5XPH+JP+8jiXCy1Ap10=";

  @Test
  void hashesTheKnownLeafAndRoots() {
    assertThat(HexFormat.of().formatHex(SEVEN.get(0)))
        .isEqualTo("020352b49954ddf202666039be5232a98d98a473a1df016c0ffde6215deffab9");
    assertThat(MerkleTree.root(SEVEN.subList(0, 3))).isEqualTo(Base64Text.decode(ROOT_3));
    assertThat(MerkleTree.root(SEVEN)).isEqualTo(Base64Text.decode(ROOT_7));
    assertThat(HexFormat.of().formatHex(MerkleTree.root(List.of())))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void makesTheKnownProofs() {
    List<String> inclusion = List.of("S5NRFoOm2UDdpxObfma/lRm7/qtO2x7UWpTqeDu14mo=",
        "Uv9UfD2hPcVU3GQ9F54LuAVJEBYSMhr88k41JbEUvgI=", "IKR2vXKKN2bBC56edUQgomfqZOermvQNEJPI3gFmvlU=");
    List<String> consistency = new ArrayList<>(inclusion);
    consistency.add(0, "/P6iWR8ALjuo+5UsdL2I1EJ9d3EISqC2Dk1WciJIGrA=");
    assertThat(MerkleTree.inclusionProof(2, 7, parts(SEVEN)).stream().map(Base64Text::encode)).isEqualTo(inclusion);
    assertThat(MerkleTree.consistencyProof(3, 7, parts(SEVEN)).stream().map(Base64Text::encode)).isEqualTo(consistency);
  }

  @Test
  void acceptsEveryProofOfEverySmallTreeAndNoneForAnotherPlace() {
    List<byte[]> leaves = leaves(40);
    for (int size = 1; size <= 40; size++) {
      List<byte[]> tree = leaves.subList(0, size);
      byte[] root = MerkleTree.root(tree);
      for (int index = 0; index < size; index++) {
        List<byte[]> proof = MerkleTree.inclusionProof(index, size, parts(tree));
        for (int claimed = 0; claimed <= size; claimed++) {
          assertThat(MerkleTree.includes(claimed, size, tree.get(index), proof, root)).isEqualTo(claimed == index);
        }
        refusesMalformedInclusion(index, size, tree.get(index), proof, root);
      }
    }
  }

  @Test
  void acceptsEveryConsistencyProofOfEverySmallTree() {
    List<byte[]> leaves = leaves(40);
    for (int size = 1; size <= 40; size++) {
      List<byte[]> tree = leaves.subList(0, size);
      byte[] root = MerkleTree.root(tree);
      for (int old = 1; old <= size; old++) {
        byte[] oldRoot = MerkleTree.root(tree.subList(0, old));
        List<byte[]> proof = MerkleTree.consistencyProof(old, size, parts(tree));
        assertThat(MerkleTree.consistent(old, size, proof, oldRoot, root)).isTrue();
        refusesMalformedConsistency(old, size, proof, oldRoot, root);
      }
    }
  }

  @Test
  void refusesSizeZeroAndEmptyHashes() {
    byte[] none = new byte[0];
    byte[] empty = Hash.digest();
    assertThat(MerkleTree.includes(0, 0, none, List.of(), none)).isFalse();
    assertThat(MerkleTree.includes(0, 1, none, List.of(), none)).isFalse();
    assertThat(MerkleTree.consistent(0, 0, List.of(), empty, empty)).isFalse();
    assertThat(MerkleTree.consistent(0, 1, List.of(), empty, SEVEN.get(0))).isFalse();
    assertThat(MerkleTree.consistent(1, 1, List.of(), none, none)).isFalse();
    assertThat(MerkleTree.consistent(2, 1, List.of(), empty, empty)).isFalse();
    assertThat(MerkleTree.includes(-1, 1, SEVEN.get(0), List.of(), SEVEN.get(0))).isFalse();
  }

  @Test
  void restoresTheRightEdgeOfEverySize() {
    Frontier frontier = new Frontier();
    List<byte[]> leaves = leaves(70);
    for (int size = 1; size <= 70; size++) {
      frontier = Frontier.of(frontier.size(), frontier.stored());
      frontier.append(leaves.get(size - 1));
      assertThat(frontier.root()).isEqualTo(slowRoot(leaves.subList(0, size)));
    }
  }

  private static void refusesMalformedInclusion(
      int index, int size, byte[] leaf, List<byte[]> proof, byte[] root) {
    for (List<byte[]> bad : damaged(proof)) {
      assertThat(MerkleTree.includes(index, size, leaf, bad, root)).isFalse();
    }
    assertThat(MerkleTree.includes(index, size, flipped(leaf), proof, root)).isFalse();
    assertThat(MerkleTree.includes(index, size, leaf, proof, flipped(root))).isFalse();
  }

  private static void refusesMalformedConsistency(
      int old, int size, List<byte[]> proof, byte[] oldRoot, byte[] root) {
    for (List<byte[]> bad : damaged(proof)) {
      assertThat(MerkleTree.consistent(old, size, bad, oldRoot, root)).isFalse();
    }
    assertThat(MerkleTree.consistent(old, size, proof, flipped(oldRoot), root)).isFalse();
    assertThat(MerkleTree.consistent(old, size, proof, oldRoot, flipped(root))).isFalse();
  }

  private static List<List<byte[]>> damaged(List<byte[]> proof) {
    List<List<byte[]>> all = new ArrayList<>();
    List<byte[]> longer = new ArrayList<>(proof);
    longer.add(new byte[32]);
    all.add(longer);
    List<byte[]> longerInFront = new ArrayList<>(proof);
    longerInFront.add(0, new byte[32]);
    all.add(longerInFront);
    for (int i = 0; i < proof.size(); i++) {
      for (byte[] other : List.of(flipped(proof.get(i)), new byte[0], new byte[33])) {
        List<byte[]> bad = new ArrayList<>(proof);
        bad.set(i, other);
        all.add(bad);
      }
      List<byte[]> shorter = new ArrayList<>(proof);
      shorter.remove(i);
      all.add(shorter);
    }
    return all;
  }

  private static MerkleTree.Parts parts(List<byte[]> leaves) {
    return (from, to) -> MerkleTree.root(leaves.subList((int) from, (int) to));
  }

  private static byte[] flipped(byte[] hash) {
    byte[] other = hash.clone();
    other[0] ^= 1;
    return other;
  }

  private static List<byte[]> leaves(int count) {
    return IntStream.range(0, count).mapToObj(i -> Hash.leaf(new byte[] {(byte) i})).toList();
  }

  private static byte[] slowRoot(List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    return Hash.node(slowRoot(leaves.subList(0, split)), slowRoot(leaves.subList(split, leaves.size())));
  }
}
