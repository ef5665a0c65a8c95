package io.cordon.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes what an auditor takes away: the log up to the newest checkpoint, and the means to check it offline. */
public final class EvidenceBundle {
  static final List<String> FILES =
      List.of("entries.ndjson", "leaves.txt", "checkpoint.txt", "vkey.txt", "keys.txt", "verify.py", "README.txt");

  /** Where earlier checkpoints are, each named after its number of entries. */
  static final String EARLIER = "checkpoints/";

  private static final String README = """
      Evidence bundle of Cordon

      entries.ndjson  one entry per line, exactly the bytes that were hashed
      leaves.txt      SHA-256(0x00 || entry) of each line, as stored by the log
      checkpoint.txt  number of entries and root hash, signed
      checkpoints/    earlier ones: where the key changed, and those kept elsewhere lately
      vkey.txt        the key that checks the signature
      keys.txt        all keys so far, oldest first; where one took over, a checkpoint carries both signatures
      verify.py       the check itself; needs Python 3 and nothing else

      Check:  python3 verify.py BUNDLE.zip --vkey "KEY"

      Take KEY, and a copy of verify.py, from a place you trust and not from this bundle: whoever can replace the bundle
      can replace both. A key of an earlier year will do. An earlier checkpoint that you kept is checked too, with
      --checkpoint FILE: this log must continue it.
      """;

  private final EvidenceLog log;
  private final PublishedKeys keys;

  EvidenceBundle(EvidenceLog log, PublishedKeys keys) {
    this.log = log;
    this.keys = keys;
  }

  /**
   * Writes the zip; reads the log twice in pages, so memory use does not grow with it.
   *
   * @throws IllegalStateException if nothing was signed yet
   */
  public void write(OutputStream out) throws IOException {
    String note = log.latestCheckpoint().orElseThrow(() -> new IllegalStateException("nothing was signed yet"));
    long size = Checkpoint.parse(SignedNote.parse(note).text()).size();
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
    Set<String> notes = new LinkedHashSet<>(keys.handovers(size));
    notes.addAll(keys.kept(size));
    for (String earlier : notes) {
      put(zip, EARLIER + Checkpoint.parse(SignedNote.parse(earlier).text()).size() + ".txt", earlier);
    }
    put(zip, "vkey.txt", keys.currentLine() + "\n");
    put(zip, "keys.txt", String.join("\n", keys.lines()) + "\n");
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
