package io.cordon.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks the entries of a CAB pack, each by its own proof, and that the summary is the one whose export was recorded. */
final class PackVerifier {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_FILE = 64 << 20;
  private static final List<String> RECORDED = List.of(EvidencePack.SUMMARY, EvidencePack.CASES);

  private final BundleFile pack;
  /** The hashes under which the newest export recorded its files, by their names. */
  private Map<String, String> recorded = Map.of();

  PackVerifier(BundleFile pack) {
    this.pack = pack;
  }

  BundleReport verify(Checkpoint checkpoint, String note) throws IOException {
    long count = 0;
    long last = -1;
    try (InputStream in = pack.open("entries.ndjson")) {
      Lines lines = new Lines(in);
      for (; !lines.isOver(); count++) {
        byte[] line = lines.next();
        long seq = line == null ? -1 : seq(line);
        if (seq <= last) {
          return BundleReport.badBundle("line " + (count + 1) + " of the entries is cut off or carries no number that follows");
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
    for (Map.Entry<String, String> file : recorded.entrySet()) {
      if (!pack.has(file.getKey()) || !file.getValue().equals(hash(file.getKey()))) {
        return BundleReport.badBundle("%s is not the one whose export was recorded".formatted(file.getKey()));
      }
    }
    if (pack.has(EvidencePack.CASES) && !recorded.isEmpty() && !recorded.containsKey(EvidencePack.CASES)) {
      return BundleReport.badBundle(EvidencePack.CASES + " was no part of what was exported");
    }
    return BundleReport.goodPart(count, checkpoint, !recorded.isEmpty());
  }

  private static long seq(byte[] line) {
    try {
      // by a decoder that takes nothing else: of bytes alone Jackson would guess the encoding
      JsonNode seq = JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString()).path("seq");
      return seq.isIntegralNumber() ? seq.longValue() : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  private String fault(byte[] entry, long seq, Checkpoint checkpoint, String note) throws IOException {
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
    rememberExport(entry);
    return null;
  }

  // the newest export counts: an earlier one was of an earlier summary
  private void rememberExport(byte[] line) throws IOException {
    JsonNode entry = JSON.readTree(line);
    if (entry.path("type").asText().equals(EvidenceType.CAB_EXPORTED.name())) {
      Map<String, String> files = new LinkedHashMap<>();
      for (JsonNode ref : entry.path("refs")) {
        if (RECORDED.contains(ref.path("name").asText())) {
          files.put(ref.path("name").asText(), ref.path("sha256").asText());
        }
      }
      recorded = files;
    }
  }

  private String hash(String file) throws IOException {
    try (InputStream in = pack.open(file)) {
      byte[] salt = HexFormat.of().parseHex(pack.text(EvidencePack.SALT).strip());
      return HexFormat.of().formatHex(Hash.digest(salt, in.readNBytes(LARGEST_FILE)));
    }
  }
}
