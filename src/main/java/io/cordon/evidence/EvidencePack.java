package io.cordon.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a part of the log that can be checked without the rest, with the summary for people that it proves. */
public final class EvidencePack {
  /** The name of the summary, and of the reference to it in CAB_EXPORTED. */
  public static final String SUMMARY = "summary.pdf";

  /** The list of cases of a period, and the name of the reference to it; a pack about one case has none. */
  public static final String CASES = "cases.csv";

  static final String SALT = "summary-salt.txt";
  static final String PROOFS = "proofs/";
  static final String PROOF_ENDING = ".tlog-proof";
  static final List<String> FILES = List.of(
      SUMMARY, SALT, "entries.ndjson", "checkpoint.txt", "vkey.txt", "keys.txt", "verify.py", "README.txt");

  private static final String README = """
      CAB pack of Cordon

      summary.pdf       what happened, for people
      cases.csv         the cases of a period, one a line, for a spreadsheet; only in the record of a period
      entries.ndjson    the entries of the evidence log it was made from, one per line, exactly the bytes that were hashed
      proofs/           for each of them the proof (C2SP tlog-proof) that it is in the log that was signed
      checkpoint.txt    number of entries and root hash of the whole log, signed
      checkpoints/      earlier ones, where the key changed
      vkey.txt          the key that checks the signature; keys.txt has all keys so far, oldest first
      summary-salt.txt  when the pack was exported for good, the log recorded SHA-256(salt || summary.pdf),
                        and SHA-256(salt || cases.csv) where there is one
      verify.py         the check of all this; needs Python 3 and nothing else

      Check:  python3 verify.py PACK.zip --vkey "KEY"

      Take KEY, and a copy of verify.py, from a place you trust and not from this pack: whoever can replace the pack can
      replace both. Compare checkpoint.txt with those the hospital keeps in places that cannot be overwritten.
      """;

  private final EvidenceProofs proofs;
  private final PublishedKeys keys;

  EvidencePack(EvidenceProofs proofs, PublishedKeys keys) {
    this.proofs = proofs;
    this.keys = keys;
  }

  /**
   * What is for people, and the salt under which its export is recorded.
   *
   * @param cases the list of cases as CSV, or null
   */
  public record Summary(byte[] pdf, byte[] cases, byte[] salt) {
    /** A summary without a list of cases. */
    public Summary(byte[] pdf, byte[] salt) {
      this(pdf, null, salt);
    }

    /** How CAB_EXPORTED refers to it. */
    public List<EvidenceRef> refs() {
      return cases == null ? List.of(ref(SUMMARY, pdf)) : List.of(ref(SUMMARY, pdf), ref(CASES, cases));
    }

    private EvidenceRef ref(String name, byte[] bytes) {
      return new EvidenceRef(name, HexFormat.of().formatHex(Hash.digest(salt, bytes)), true);
    }
  }

  /** Entries in order, given one by one so that they need not all be in memory; the same ones each time they are asked for. */
  @FunctionalInterface
  public interface Entries {
    /** Takes one entry. */
    @FunctionalInterface
    interface Taker {
      void take(EvidenceEntry entry) throws IOException;
    }

    /** Gives each to the taker. */
    void each(Taker taker) throws IOException;

    /** Those of a list. */
    static Entries of(List<EvidenceEntry> list) {
      return taker -> {
        for (EvidenceEntry entry : list) {
          taker.take(entry);
        }
      };
    }
  }

  /** How many entries a checkpoint covers. */
  public static long sizeOf(String note) {
    return Checkpoint.parse(SignedNote.parse(note).text()).size();
  }

  /**
   * Writes the zip.
   *
   * @param note the checkpoint under which the entries are proved
   * @param entries all covered by it; they are asked for twice
   * @throws IllegalStateException if the tables do not prove an entry
   */
  public void write(OutputStream out, String note, Entries entries, Summary summary) throws IOException {
    EvidenceProofs.Maker maker = proofs.under(note);
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    put(zip, SUMMARY, summary.pdf());
    if (summary.cases() != null) {
      put(zip, CASES, summary.cases());
    }
    put(zip, SALT, HexFormat.of().formatHex(summary.salt()) + "\n");
    zip.putNextEntry(new ZipEntry("entries.ndjson"));
    entries.each(entry -> {
      zip.write(entry.leaf());
      zip.write('\n');
    });
    entries.each(entry -> put(zip, PROOFS + entry.seq() + PROOF_ENDING, maker.inclusion(entry)));
    put(zip, "checkpoint.txt", note);
    for (String earlier : keys.handovers(maker.checkpoint().size())) {
      put(zip, EvidenceBundle.EARLIER + Checkpoint.parse(SignedNote.parse(earlier).text()).size() + ".txt", earlier);
    }
    put(zip, "vkey.txt", keys.currentLine() + "\n");
    put(zip, "keys.txt", String.join("\n", keys.lines()) + "\n");
    put(zip, "verify.py", EvidenceBundle.script());
    put(zip, "README.txt", README);
    zip.finish();
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    put(zip, name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
  }
}
