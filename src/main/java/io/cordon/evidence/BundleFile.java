package io.cordon.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A bundle of the whole log or a CAB pack with a part of it, as a zip. No file in it may be missing, doubled or unknown. */
final class BundleFile implements AutoCloseable {
  private static final int LONGEST_TEXT = 1 << 16;

  private final ZipFile zip;
  private final List<String> names;
  private final Set<String> known;

  BundleFile(Path file) throws IOException {
    this.zip = new ZipFile(file.toFile());
    this.names = zip.stream().map(ZipEntry::getName).toList();
    this.known = new HashSet<>(names);
  }

  /** The key it carries itself. */
  String vkey() throws IOException {
    return text("vkey.txt").stripTrailing();
  }

  /** @param outside earlier checkpoints that whoever checks has kept */
  BundleReport verify(VerifierKey trusted, List<String> outside) throws IOException {
    boolean pack = has(EvidencePack.SUMMARY);
    if (!hasExactly(pack ? EvidencePack.FILES : EvidenceBundle.FILES, pack ? EvidencePack.PROOFS : EvidenceBundle.EARLIER)) {
      return BundleReport.badBundle("a file is missing, doubled or unknown");
    }
    if (pack && !outside.isEmpty()) {
      throw new IllegalArgumentException("an earlier checkpoint can be compared with a bundle of the whole log only");
    }
    LogClaims claims;
    try {
      claims = claims(trusted, outside);
    } catch (IllegalArgumentException e) {
      return BundleReport.badBundle(e.getMessage());
    }
    return pack ? new PackVerifier(this).verify(claims.newest(), text("checkpoint.txt")) : verifyLog(claims);
  }

  private BundleReport verifyLog(LogClaims claims) throws IOException {
    try (InputStream entries = open("entries.ndjson"); InputStream leaves = open("leaves.txt")) {
      return BundleVerifier.verify(new Lines(entries), new Lines(leaves), claims);
    }
  }

  private LogClaims claims(VerifierKey trusted, List<String> outside) throws IOException {
    List<String> earlier = new ArrayList<>(outside);
    for (String name : names) {
      if (name.startsWith(EvidenceBundle.EARLIER)) {
        earlier.add(text(name));
      }
    }
    List<VerifierKey> keys = text("keys.txt").lines().map(VerifierKey::parse).toList();
    return LogClaims.of(text("checkpoint.txt"), earlier, keys, trusted);
  }

  private boolean hasExactly(List<String> files, String folder) {
    boolean pack = files.contains(EvidencePack.SUMMARY);
    return known.size() == names.size() && known.containsAll(files)
        && names.stream().allMatch(name -> files.contains(name) || pack && name.equals(EvidencePack.CASES) || name.startsWith(folder) || name.startsWith(EvidenceBundle.EARLIER));
  }

  boolean has(String name) {
    return known.contains(name);
  }

  long count(String folder) {
    return names.stream().filter(name -> name.startsWith(folder)).count();
  }

  InputStream open(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("no " + name);
    }
    return zip.getInputStream(entry);
  }

  String text(String name) throws IOException {
    try (InputStream in = open(name)) {
      byte[] bytes = in.readNBytes(LONGEST_TEXT);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
