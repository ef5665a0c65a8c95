package io.cordon.evidence;

import java.util.List;

/** Whether one checkpoint's log continues another's, with nothing at hand but a proof. */
final class TwoCheckpoints {
  private TwoCheckpoints() {}

  /**
   * @param proof hashes in Base64, one a line, as {@code /api/evidence/consistency} gives them; empty for equal sizes
   * @throws IllegalArgumentException if a checkpoint is not signed by the key, or something is malformed
   */
  static BundleReport verify(String earlierNote, String laterNote, String proof, VerifierKey key) {
    Checkpoint earlier = SignedNote.parse(earlierNote).checkpointSignedBy(key);
    Checkpoint later = SignedNote.parse(laterNote).checkpointSignedBy(key);
    List<byte[]> hashes = proof.lines().map(Base64Text::decode).toList();
    boolean continues = MerkleTree.consistent(earlier.size(), later.size(), hashes, earlier.root(), later.root());
    return continues
        ? new BundleReport(true, "OK the log of " + later.size() + " entries continues the one of " + earlier.size() + ", origin " + later.origin())
        : BundleReport.badBundle("the log of " + later.size() + " entries does not continue the one of " + earlier.size());
  }
}
