package io.cordon.evidence;

import java.util.Base64;

/** Base64 that has exactly one spelling per value, so that two verifiers cannot disagree about it. */
final class Base64Text {
  private Base64Text() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] decode(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (!encode(bytes).equals(text)) {
      throw new IllegalArgumentException("base64 that is not in its only spelling");
    }
    return bytes;
  }
}
