package io.cordon.platform.sealed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what a browser keeps for Cordon for some minutes, so that nothing of it is kept here and nobody on the way, or at the
 * same computer later, can read it. Its key is made from the sealing key: every node opens what another one sealed.
 */
public final class BrowserSeal {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKey key;

  /** @param sealing the key from which this one is made */
  public BrowserSeal(SecretKey sealing) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(sealing.getEncoded(), "HmacSHA256"));
      this.key = new SecretKeySpec(mac.doFinal("cordon browser seal".getBytes(StandardCharsets.US_ASCII)), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256", e);
    }
  }

  /**
   * Seals bytes.
   *
   * @param purpose what they are for; they open for nothing else
   * @return letters that may stand in a cookie
   */
  public String seal(byte[] bytes, String purpose) {
    byte[] sealed = new byte[NONCE];
    RANDOM.nextBytes(sealed);
    try {
      byte[] cipher = cipher(Cipher.ENCRYPT_MODE, sealed, purpose).doFinal(bytes);
      byte[] both = Arrays.copyOf(sealed, NONCE + cipher.length);
      System.arraycopy(cipher, 0, both, NONCE, cipher.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES/GCM", e);
    }
  }

  /** The bytes that were sealed for this purpose; empty when these letters are anything else. */
  public Optional<byte[]> open(String letters, String purpose) {
    try {
      byte[] both = Base64.getUrlDecoder().decode(letters);
      return both.length < NONCE
          ? Optional.empty()
          : Optional.of(cipher(Cipher.DECRYPT_MODE, both, purpose).doFinal(both, NONCE, both.length - NONCE));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonceFirst, String purpose) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonceFirst, 0, NONCE));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
