package io.cordon.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes what an auditor takes away: the log up to the newest checkpoint, and the means to check it offline. */
public final class EvidenceBundle {
  static final List<String> FILES =
      List.of("entries.ndjson", "leaves.txt", "checkpoint.txt", "vkey.txt", "verify.py", "README.txt");

  private static final String README = """
      Evidence bundle of Cordon

      entries.ndjson  one entry per line, exactly the bytes that were hashed
      leaves.txt      SHA-256(0x00 || entry) of each line, as stored by the log
      checkpoint.txt  number of entries and root hash, signed
      vkey.txt        the key that checks the signature
      verify.py       the check itself; needs Python 3 and nothing else

      Check:  python3 verify.py BUNDLE.zip --vkey "KEY"

      Take KEY, and a copy of verify.py, from a place you trust and not from this bundle: whoever can replace the bundle
      can replace both. Compare the checkpoint with those published elsewhere.
      """;

  private final EvidenceLog log;
  private final VerifierKey key;

  EvidenceBundle(EvidenceLog log, VerifierKey key) {
    this.log = log;
    this.key = key;
  }

  /**
   * Writes the zip; reads the log twice in pages, so memory use does not grow with it.
   *
   * @throws IllegalStateException if nothing was signed yet
   */
  public void write(OutputStream out) throws IOException {
    String note = log.latestCheckpoint().orElseThrow(() -> new IllegalStateException("nothing was signed yet"));
    long size = SignedNote.parse(note).checkpointSignedBy(key).size();
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.putNextEntry(new ZipEntry("entries.ndjson"));
    for (long from = 0; from < size; from += EvidenceLog.MAX_PAGE) {
      for (EvidenceEntry entry : page(from, size)) {
        zip.write(entry.leaf());
        zip.write('\n');
      }
    }
    zip.putNextEntry(new ZipEntry("leaves.txt"));
    for (long from = 0; from < size; from += EvidenceLog.MAX_PAGE) {
      for (EvidenceEntry entry : page(from, size)) {
        zip.write((HexFormat.of().formatHex(entry.leafHash()) + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    }
    put(zip, "checkpoint.txt", note);
    put(zip, "vkey.txt", key.text() + "\n");
    put(zip, "verify.py", script());
    put(zip, "README.txt", README);
    zip.finish();
  }

  static String script() throws IOException {
    try (InputStream in = EvidenceBundle.class.getResourceAsStream("verify.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<EvidenceEntry> page(long from, long size) {
    return log.entries(from, Math.min(size, from + EvidenceLog.MAX_PAGE));
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
