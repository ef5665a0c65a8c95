package io.cordon.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Checks a log against its signed checkpoints, reading each stream once. Beside the root it checks each entry against
 * its own stored leaf hash: a root alone cannot tell which entry was altered.
 */
final class BundleVerifier {
  private BundleVerifier() {}

  /**
   * @param entries one entry per line
   * @param leaves one hash in hex per line
   */
  static BundleReport verify(Lines entries, Lines leaves, LogClaims claims) throws IOException {
    Checkpoint newest = claims.newest();
    Frontier frontier = new Frontier();
    for (long seq = 0; seq < newest.size(); seq++) {
      byte[] entry = entries.next();
      byte[] leaf = leaves.next();
      if (entry == null || leaf == null) {
        return BundleReport.badEntry(seq, "missing or cut off");
      }
      byte[] hash = Hash.leaf(entry);
      String fault = isWritten(hash, leaf) ? EntryCheck.fault(entry, seq) : "does not match its stored hash";
      if (fault != null) {
        return BundleReport.badEntry(seq, fault);
      }
      frontier.append(hash);
      String other = claims.otherThan(frontier);
      // at the very end surplus lines are named first: they are the reason
      if (other != null && seq + 1 < newest.size()) {
        return BundleReport.badBundle(other);
      }
    }
    if (!entries.isOver() || !leaves.isOver()) {
      return BundleReport.badEntry(newest.size(), "more entries than were signed");
    }
    String other = claims.otherThan(frontier);
    return other == null ? BundleReport.good(newest) : BundleReport.badBundle(other);
  }

  /** In its only spelling: lower-case hex. */
  private static boolean isWritten(byte[] hash, byte[] leaf) {
    return Arrays.equals(HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII), leaf);
  }
}
