package io.cordon.evidence;

import java.util.regex.Pattern;

/**
 * Points at material kept outside the log.
 *
 * @param name what the material is, ASCII
 * @param sha256 64 lower-case hex digits
 * @param salted true if the hash is over a random 32-byte salt and then the bytes; false only for material that
 *     cannot be guessed and is not sensitive
 */
public record EvidenceRef(String name, String sha256, boolean salted) {
  private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,64}");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  public EvidenceRef {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a reference needs a short ASCII name");
    }
    if (sha256 == null || !HEX.matcher(sha256).matches()) {
      throw new IllegalArgumentException("a reference needs 64 lower-case hex digits");
    }
  }
}
