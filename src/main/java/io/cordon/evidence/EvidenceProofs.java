package io.cordon.evidence;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Proofs out of the stored tree that single entries, or whole earlier trees, belong to a signed one. */
public final class EvidenceProofs {
  static final String FORMAT = "c2sp.org/tlog-proof@v1\n";

  private final JdbcClient jdbc;

  EvidenceProofs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Makes proofs under one checkpoint; cheap for many entries, as they share most of the tree. */
  Maker under(String note) {
    Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(note).text());
    return new Maker(note, checkpoint, new StoredTree(jdbc, checkpoint.size()));
  }

  /**
   * Hashes, in Base64, that prove the tree of {@code from} entries to be the beginning of the one of {@code to}.
   *
   * @throws IllegalArgumentException unless {@code 1 <= from <= to}
   */
  public List<String> consistency(long from, long to) {
    return MerkleTree.consistencyProof(from, to, new StoredTree(jdbc, to)).stream().map(Base64Text::encode).toList();
  }

  /** One checkpoint, one reading of the tree. */
  record Maker(String note, Checkpoint checkpoint, StoredTree tree) {
    /**
     * The C2SP tlog-proof of an entry.
     *
     * @throws IllegalStateException if the tables do not prove it: then somebody changed them
     */
    String inclusion(EvidenceEntry entry) {
      List<byte[]> proof = MerkleTree.inclusionProof(entry.seq(), checkpoint.size(), tree);
      if (!MerkleTree.includes(entry.seq(), checkpoint.size(), Hash.leaf(entry.leaf()), proof, checkpoint.root())) {
        throw new IllegalStateException("entry " + entry.seq() + " is not the one that was signed");
      }
      String hashes = proof.stream().map(hash -> Base64Text.encode(hash) + "\n").collect(Collectors.joining());
      return FORMAT + "index " + entry.seq() + "\n" + hashes + "\n" + note;
    }
  }
}
