package io.cordon.evidence;

import java.util.List;

/** Runs the verifier over the entries of one case where they are, against the newest signed checkpoint. Reads only. */
public final class CaseCheck {
  private final EvidenceLog log;
  private final EvidenceProofs proofs;
  private final PublishedKeys keys;

  CaseCheck(EvidenceLog log, EvidenceProofs proofs, PublishedKeys keys) {
    this.log = log;
    this.proofs = proofs;
    this.keys = keys;
  }

  /**
   * What was found.
   *
   * @param text one line as the offline verifier says it: {@code OK ...}, {@code BAD entry N: ...} or {@code BAD bundle: ...}
   * @param checked entries that were found good
   * @param waiting entries that no checkpoint covers yet
   * @param key the key the checkpoint was checked with
   */
  public record Report(boolean ok, String text, long checked, long waiting, String key) {}

  /** Checks every entry of a case: its bytes, its number, and the proof that it is in the log that was signed. */
  public Report check(String caseId) {
    String note = log.latestCheckpoint().orElse(null);
    if (note == null) {
      return new Report(false, "BAD bundle: nothing was signed yet", 0, 0, keys.currentLine());
    }
    Checkpoint signed;
    try {
      long size = Checkpoint.parse(SignedNote.parse(note).text()).size();
      List<VerifierKey> known = keys.lines().stream().map(VerifierKey::parse).toList();
      signed = LogClaims.of(note, keys.handovers(size), known, VerifierKey.parse(keys.currentLine())).newest();
    } catch (IllegalArgumentException e) {
      return new Report(false, BundleReport.badBundle(e.getMessage()).text(), 0, 0, keys.currentLine());
    }
    return check(caseId, proofs.under(note), signed);
  }

  private Report check(String caseId, EvidenceProofs.Maker maker, Checkpoint signed) {
    long checked = 0;
    long waiting = 0;
    for (List<EvidenceEntry> page = log.entriesOfCaseFrom(caseId, 0); !page.isEmpty();
        page = log.entriesOfCaseFrom(caseId, page.get(page.size() - 1).seq() + 1)) {
      for (EvidenceEntry entry : page) {
        if (entry.seq() >= signed.size()) {
          waiting++;
          continue;
        }
        String fault = fault(entry, maker);
        if (fault != null) {
          return new Report(false, BundleReport.badEntry(entry.seq(), fault).text(), checked, waiting, keys.currentLine());
        }
        checked++;
      }
    }
    return checked == 0
        ? new Report(false, BundleReport.badBundle("no signed entry of this case").text(), 0, waiting, keys.currentLine())
        : new Report(true, "OK " + checked + " of " + signed.size() + " entries, root " + Base64Text.encode(signed.root()) + ", origin " + signed.origin(),
            checked, waiting, keys.currentLine());
  }

  private static String fault(EvidenceEntry entry, EvidenceProofs.Maker maker) {
    String fault = EntryCheck.fault(entry.leaf(), entry.seq());
    if (fault != null) {
      return fault;
    }
    try {
      maker.inclusion(entry);
      return null;
    } catch (IllegalStateException e) {
      return "is not what was signed";
    }
  }
}
