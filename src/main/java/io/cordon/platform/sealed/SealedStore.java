package io.cordon.platform.sealed;

import io.cordon.platform.time.SqlTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Seals what may hold patient data: AES-256-GCM at rest, a salted hash for everybody else. */
public class SealedStore {
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final JdbcClient jdbc;
  private final Clock clock;
  private final SecretKey key;

  SealedStore(JdbcClient jdbc, Clock clock, SecretKey key) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.key = key;
  }

  /**
   * Seals bytes in the caller's transaction.
   *
   * @param caseId the case they belong to, or null
   * @param kind what they are, such as {@code alert} or {@code comment}
   */
  public SealedRef seal(String caseId, String kind, byte[] bytes) {
    byte[] salt = random(32);
    byte[] nonce = random(12);
    UUID id = UUID.randomUUID();
    String sha256 = saltedHash(salt, bytes);
    jdbc.sql(
            """
            insert into sealed_material (id, case_id, kind, salt, sha256, nonce, cipher, sealed_at)
            values (:id, :case, :kind, :salt, :sha256, :nonce, :cipher, :at)""")
        .param("id", id)
        .param("case", caseId)
        .param("kind", kind)
        .param("salt", salt)
        .param("sha256", sha256)
        .param("nonce", nonce)
        .param("cipher", encrypt(nonce, id, bytes))
        .param("at", SqlTime.of(clock.instant()))
        .update();
    return new SealedRef(id, sha256);
  }

  /** A keyed fingerprint of bytes, for finding the same bytes again without being able to guess them; hex. */
  public String fingerprint(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update("fingerprint".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256", e);
    }
  }

  private byte[] encrypt(byte[] nonce, UUID id, byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(id.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  private static String saltedHash(byte[] salt, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
