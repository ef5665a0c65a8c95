package io.cordon.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A C2SP signed note: text whose every line ends with a newline, an empty line, then signature lines. The signature
 * covers the text and not the empty line.
 */
record SignedNote(String text, List<String> signatureLines) {
  private static final String DASH = "\u2014 ";

  static SignedNote parse(String note) {
    int split = note.lastIndexOf("\n\n");
    if (split < 0 || !note.endsWith("\n") || split + 2 == note.length()) {
      throw new IllegalArgumentException("not a signed note");
    }
    List<String> lines = List.of(note.substring(split + 2, note.length() - 1).split("\n", -1));
    if (lines.stream().anyMatch(line -> !line.startsWith(DASH))) {
      throw new IllegalArgumentException("a malformed signature line");
    }
    return new SignedNote(note.substring(0, split + 1), lines);
  }

  static String sign(String text, SigningKey... keys) {
    StringBuilder note = new StringBuilder(text).append('\n');
    for (SigningKey key : keys) {
      byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
      byte[] blob = ByteBuffer.allocate(68).put(key.verifierKey().id()).put(signature).array();
      note.append(DASH).append(key.verifierKey().name()).append(' ').append(Base64Text.encode(blob)).append('\n');
    }
    return note.toString();
  }

  /** The checkpoint if this key signed it; lines of other keys are ignored. */
  Checkpoint checkpointSignedBy(VerifierKey key) {
    if (signatureLines.stream().noneMatch(line -> isBy(key, line))) {
      throw new IllegalArgumentException("the checkpoint is not signed by key " + key.name());
    }
    Checkpoint checkpoint = Checkpoint.parse(text);
    if (!checkpoint.origin().equals(key.name())) {
      throw new IllegalArgumentException("the checkpoint has another origin than the key");
    }
    return checkpoint;
  }

  private boolean isBy(VerifierKey key, String line) {
    String start = DASH + key.name() + " ";
    if (!line.startsWith(start)) {
      return false;
    }
    byte[] blob = Base64Text.decode(line.substring(start.length()));
    return blob.length == 68
        && Arrays.equals(key.id(), Arrays.copyOf(blob, 4))
        && key.verifies(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(blob, 4, 68));
  }
}
