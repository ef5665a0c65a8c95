package io.cordon.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The three hashes of RFC 6962 section 2.1, all SHA-256 and 32 bytes long. */
final class Hash {
  static final int LENGTH = 32;

  private Hash() {}

  static byte[] leaf(byte[] data) {
    return digest(new byte[] {0}, data);
  }

  static byte[] node(byte[] left, byte[] right) {
    return digest(new byte[] {1}, left, right);
  }

  static byte[] digest(byte[]... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        sha.update(part);
      }
      return sha.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
