package io.cordon.evidence;

/**
 * Outcome of checking a bundle.
 *
 * @param text one line: {@code OK ...}, {@code BAD entry N: ...} for the first bad entry, or {@code BAD bundle: ...}
 */
record BundleReport(boolean ok, String text) {
  static BundleReport good(Checkpoint checkpoint) {
    return new BundleReport(true, "OK " + checkpoint.size() + " entries, root "
        + Base64Text.encode(checkpoint.root()) + ", origin " + checkpoint.origin());
  }

  /** A part of a log; says whether the summary beside it is the recorded one. */
  static BundleReport goodPart(long count, Checkpoint checkpoint, boolean summaryRecorded) {
    return new BundleReport(true, "OK " + count + " of " + checkpoint.size() + " entries, root " + Base64Text.encode(checkpoint.root())
        + ", origin " + checkpoint.origin() + (summaryRecorded ? ", summary as recorded" : ", summary not recorded"));
  }

  static BundleReport badEntry(long seq, String reason) {
    return new BundleReport(false, "BAD entry " + seq + ": " + reason);
  }

  static BundleReport badBundle(String reason) {
    return new BundleReport(false, "BAD bundle: " + reason);
  }
}
