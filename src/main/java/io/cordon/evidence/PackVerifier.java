package io.cordon.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Checks the entries of a CAB pack, each by its own proof, and that the summary is the one whose export was recorded. */
final class PackVerifier {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_SUMMARY = 64 << 20;

  private final BundleFile pack;
  private Optional<String> recordedSummary = Optional.empty();

  PackVerifier(BundleFile pack) {
    this.pack = pack;
  }

  BundleReport verify(Checkpoint checkpoint, String note) throws IOException {
    long count = 0;
    long last = -1;
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(pack.open("entries.ndjson"), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine(), count++) {
        long seq = seq(line);
        if (seq <= last) {
          return BundleReport.badBundle("line " + (count + 1) + " of the entries carries no number that follows");
        }
        String fault = fault(line, seq, checkpoint, note);
        if (fault != null) {
          return BundleReport.badEntry(seq, fault);
        }
        last = seq;
      }
    }
    if (count == 0 || count != pack.count(EvidencePack.PROOFS)) {
      return BundleReport.badBundle("entries and proofs are not as many");
    }
    if (recordedSummary.isPresent() && !recordedSummary.get().equals(summary())) {
      return BundleReport.badBundle("the summary is not the one whose export was recorded");
    }
    return BundleReport.goodPart(count, checkpoint, recordedSummary.isPresent());
  }

  private static long seq(String line) {
    try {
      JsonNode seq = JSON.readTree(line).path("seq");
      return seq.isIntegralNumber() ? seq.longValue() : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  private String fault(String line, long seq, Checkpoint checkpoint, String note) throws IOException {
    byte[] entry = line.getBytes(StandardCharsets.UTF_8);
    String fault = EntryCheck.fault(entry, seq);
    String name = EvidencePack.PROOFS + seq + EvidencePack.PROOF_ENDING;
    if (fault != null || !pack.has(name)) {
      return fault != null ? fault : "has no proof";
    }
    String proof = pack.text(name);
    String head = EvidenceProofs.FORMAT + "index " + seq + "\n";
    String tail = "\n" + note;
    if (!proof.startsWith(head) || !proof.endsWith(tail) || proof.length() < head.length() + tail.length()) {
      return "its proof is for something else";
    }
    List<byte[]> hashes = proof.substring(head.length(), proof.length() - tail.length()).lines().map(Base64Text::decode).toList();
    if (!MerkleTree.includes(seq, checkpoint.size(), Hash.leaf(entry), hashes, checkpoint.root())) {
      return "is not what was signed";
    }
    rememberSummary(line);
    return null;
  }

  // the newest export counts: an earlier one was of an earlier summary
  private void rememberSummary(String line) throws IOException {
    JsonNode entry = JSON.readTree(line);
    if (entry.path("type").asText().equals(EvidenceType.CAB_EXPORTED.name())) {
      for (JsonNode ref : entry.path("refs")) {
        if (ref.path("name").asText().equals(EvidencePack.SUMMARY)) {
          recordedSummary = Optional.of(ref.path("sha256").asText());
        }
      }
    }
  }

  private String summary() throws IOException {
    try (InputStream in = pack.open(EvidencePack.SUMMARY)) {
      byte[] salt = HexFormat.of().parseHex(pack.text(EvidencePack.SALT).strip());
      byte[] pdf = in.readNBytes(LARGEST_SUMMARY);
      return HexFormat.of().formatHex(Hash.digest(salt, pdf));
    }
  }
}
