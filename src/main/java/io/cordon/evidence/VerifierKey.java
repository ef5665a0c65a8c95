package io.cordon.evidence;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** An Ed25519 public key with its name, in the C2SP text form {@code name+keyid+base64(0x01 || 32 bytes)}. */
record VerifierKey(String name, byte[] publicKey) {
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  VerifierKey {
    if (name.isEmpty() || name.contains("+") || name.chars().anyMatch(c -> c <= 0x20 || c > 0x7e)) {
      throw new IllegalArgumentException("a key name is printable ASCII without + or spaces");
    }
    if (publicKey.length != 32) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes");
    }
  }

  static VerifierKey parse(String text) {
    String[] parts = text.split("\\+", 3);
    byte[] typed = parts.length == 3 ? Base64Text.decode(parts[2]) : new byte[0];
    if (typed.length != 33 || typed[0] != 1) {
      throw new IllegalArgumentException("not an Ed25519 verifier key");
    }
    VerifierKey key = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, 33));
    if (!key.text().equals(text)) {
      throw new IllegalArgumentException("the key id does not fit the key");
    }
    return key;
  }

  String text() {
    return name + "+" + HexFormat.of().formatHex(id()) + "+" + Base64.getEncoder().encodeToString(typed());
  }

  byte[] id() {
    byte[] hash = Hash.digest((name + "\n").getBytes(StandardCharsets.UTF_8), typed());
    return Arrays.copyOf(hash, 4);
  }

  boolean verifies(byte[] message, byte[] signature) {
    try {
      byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + 32);
      System.arraycopy(publicKey, 0, encoded, X509_PREFIX.length, 32);
      PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private byte[] typed() {
    byte[] typed = new byte[33];
    typed[0] = 1;
    System.arraycopy(publicKey, 0, typed, 1, 32);
    return typed;
  }
}
