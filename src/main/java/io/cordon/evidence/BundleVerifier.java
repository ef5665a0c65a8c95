package io.cordon.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Checks a log against its signed checkpoints, reading each stream once. Beside the root it checks each entry against
 * its own stored leaf hash: a root alone cannot tell which entry was altered.
 */
final class BundleVerifier {
  private static final int LONGEST_LINE = 1 << 20;

  private BundleVerifier() {}

  /**
   * @param entries one entry per line; must be buffered
   * @param leaves one hash in hex per line; must be buffered
   */
  static BundleReport verify(InputStream entries, InputStream leaves, LogClaims claims) throws IOException {
    Checkpoint newest = claims.newest();
    Frontier frontier = new Frontier();
    for (long seq = 0; seq < newest.size(); seq++) {
      byte[] entry = line(entries);
      byte[] leaf = line(leaves);
      String fault = fault(entry, leaf, seq);
      if (fault != null) {
        return BundleReport.badEntry(seq, fault);
      }
      frontier.append(Hash.leaf(entry));
      String other = claims.otherThan(frontier);
      // at the very end surplus lines are named first: they are the reason
      if (other != null && seq + 1 < newest.size()) {
        return BundleReport.badBundle(other);
      }
    }
    if (entries.read() >= 0 || leaves.read() >= 0) {
      return BundleReport.badEntry(newest.size(), "more entries than were signed");
    }
    String other = claims.otherThan(frontier);
    return other == null ? BundleReport.good(newest) : BundleReport.badBundle(other);
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
