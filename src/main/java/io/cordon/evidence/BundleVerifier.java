package io.cordon.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Checks a log against its signed checkpoint, reading each stream once. Beside the root it checks each entry against
 * its own stored leaf hash: a root alone cannot tell which entry was altered.
 */
final class BundleVerifier {
  private static final int LONGEST_LINE = 1 << 20;

  private BundleVerifier() {}

  /**
   * @param entries one entry per line; must be buffered
   * @param leaves one hash in hex per line; must be buffered
   * @param note the signed checkpoint
   */
  static BundleReport verify(InputStream entries, InputStream leaves, String note, VerifierKey key)
      throws IOException {
    Checkpoint checkpoint;
    try {
      checkpoint = SignedNote.parse(note).checkpointSignedBy(key);
    } catch (IllegalArgumentException e) {
      return BundleReport.badBundle(e.getMessage());
    }
    if (checkpoint.size() == 0) {
      return BundleReport.badBundle("the checkpoint covers no entries");
    }
    Frontier frontier = new Frontier();
    for (long seq = 0; seq < checkpoint.size(); seq++) {
      byte[] entry = line(entries);
      byte[] leaf = line(leaves);
      String fault = fault(entry, leaf, seq);
      if (fault != null) {
        return BundleReport.badEntry(seq, fault);
      }
      frontier.append(Hash.leaf(entry));
    }
    if (entries.read() >= 0 || leaves.read() >= 0) {
      return BundleReport.badEntry(checkpoint.size(), "more entries than were signed");
    }
    return Arrays.equals(frontier.root(), checkpoint.root())
        ? BundleReport.good(checkpoint)
        : BundleReport.badBundle("entries and stored hashes agree, but their root is not the signed one");
  }

  private static String fault(byte[] entry, byte[] leaf, long seq) {
    if (entry == null || leaf == null) {
      return "missing or cut off";
    }
    String hash = HexFormat.of().formatHex(Hash.leaf(entry));
    if (!Arrays.equals(hash.getBytes(StandardCharsets.US_ASCII), leaf)) {
      return "does not match its stored hash";
    }
    return EntryCheck.fault(entry, seq);
  }

  /** A line without its newline, or null if there is no whole line of acceptable length. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.size() == LONGEST_LINE) {
        return null;
      }
      line.write(b);
    }
    return line.toByteArray();
  }
}
