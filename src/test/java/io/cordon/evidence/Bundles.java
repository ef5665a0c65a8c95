package io.cordon.evidence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes valid bundles that a test then damages. */
final class Bundles {
  static final SigningKey KEY = key(1);

  /** Lines that JSON readers take but that are not the canonical entry 0. */
  static final List<String> ODD_LINES = List.of("{\"seq\": 0}", "{\"v\":1,\"seq\":0}", "{\"a\":null,\"seq\":0}",
      "{\"a\":1.0,\"seq\":0}", "{\"a\":1,\"a\":1,\"seq\":0}", "{\"seq\":1}", "{\"seq\":\"0\"}", "{\"v\":1}", "[0]", "null",
      "", "{\"seq\":-0}", "{\"a\":\"\\ud800\",\"seq\":0}", "{\"a\":9007199254740992,\"seq\":0}", "{\"seq\":0}{}",
      "{\"a\":NaN,\"seq\":0}", "{\"seq\":false}", "{\"\u00e4\":1,\"seq\":0}", "{\"\":1,\"seq\":0}", "{\"seq\":0} ",
      "{\"a\":[[[[[[[[1]]]]]]]],\"seq\":0}", "{\"a\":" + "[".repeat(5_000), "{\"a\":\"\\u0041\",\"seq\":0}",
      "\ufeff{\"seq\":0}", "{\"a\":" + "1".repeat(5_000) + ",\"seq\":0}");

  byte[] entries;
  byte[] leaves;
  String note;
  String vkey;
  List<String> keys;
  List<String> earlier = List.of();

  static SigningKey key(int seed) {
    byte[] bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return SigningKey.ofSeed(bytes, "cordon.test/evidence");
  }

  static List<byte[]> lines(int count, Random random) {
    EvidenceType[] types = EvidenceType.values();
    List<byte[]> lines = new ArrayList<>();
    for (int seq = 0; seq < count; seq++) {
      Map<String, Object> data = Map.of("n", random.nextLong() >> 11, "text", "\u00e4\"\\\u0001\ud83d\ude00" + seq,
          "yes", random.nextBoolean());
      lines.add(CanonicalJson.write(Map.of("v", 1, "seq", seq, "type", types[random.nextInt(types.length)].name(),
          "case", "c-" + random.nextInt(9), "actor", Map.of("tid", "t", "oid", "o", "role", "Soc.Analyst"), "data", data)));
    }
    return lines;
  }

  /** A bundle whose hashes and signature are all made for these lines. */
  static Bundles of(List<byte[]> lines, SigningKey key) {
    Bundles bundle = new Bundles();
    bundle.entries = join(lines);
    List<byte[]> hashes = lines.stream().map(Hash::leaf).toList();
    bundle.leaves = join(hashes.stream().map(HexFormat.of()::formatHex).map(String::getBytes).toList());
    bundle.note = SignedNote.sign(
        new Checkpoint(key.verifierKey().name(), lines.size(), MerkleTree.root(hashes)).text(), key);
    bundle.vkey = key.verifierKey().text();
    bundle.keys = List.of(bundle.vkey);
    return bundle;
  }

  /** Entries and their hashes of other lines under the old signature. */
  Bundles withLines(List<byte[]> lines) {
    Bundles other = of(lines, KEY);
    other.note = note;
    return other;
  }

  BundleReport verify() {
    return verify(KEY.verifierKey());
  }

  BundleReport verify(VerifierKey key) {
    try {
      LogClaims claims = LogClaims.of(note, earlier, keys.stream().map(VerifierKey::parse).toList(), key);
      return BundleVerifier.verify(new Lines(new ByteArrayInputStream(entries)), new Lines(new ByteArrayInputStream(leaves)), claims);
    } catch (IllegalArgumentException e) {
      return BundleReport.badBundle(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path zip(Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(1);
      for (String name : EvidenceBundle.FILES) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(switch (name) {
          case "entries.ndjson" -> entries;
          case "leaves.txt" -> leaves;
          case "checkpoint.txt" -> note.getBytes(StandardCharsets.UTF_8);
          case "keys.txt" -> (String.join("\n", keys) + "\n").getBytes(StandardCharsets.UTF_8);
          case "vkey.txt" -> (vkey + "\n").getBytes(StandardCharsets.UTF_8);
          default -> new byte[0];
        });
      }
      for (int i = 0; i < earlier.size(); i++) {
        zip.putNextEntry(new ZipEntry(EvidenceBundle.EARLIER + i + ".txt"));
        zip.write(earlier.get(i).getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private static byte[] join(List<byte[]> lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    lines.forEach(line -> {
      out.writeBytes(line);
      out.write('\n');
    });
    return out.toByteArray();
  }
}
