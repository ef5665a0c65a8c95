package io.cordon.platform.sealed;

import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.platform.time.SqlTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Seals what may hold patient data: AES-256-GCM at rest, a salted hash for everybody else. Opening it is written down. */
public class SealedStore {
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final List<Role> READERS = List.of(Role.SOC_ANALYST, Role.SECURITY_LEAD, Role.AUDITOR);
  private static final String ITEM = "select id, case_id, kind, sha256, sealed_at";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final SealingKeys keys;
  private final ReadingLog readings;
  private final TransactionTemplate ownTransaction;

  SealedStore(JdbcClient jdbc, Clock clock, SealingKeys keys, ReadingLog readings, TransactionTemplate ownTransaction) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.keys = keys;
    this.readings = readings;
    this.ownTransaction = ownTransaction;
  }

  /**
   * Seals bytes in the caller's transaction.
   *
   * @param caseId the case they belong to, or null
   * @param kind what they are, such as {@code alert} or {@code comment}
   */
  public SealedRef seal(String caseId, String kind, byte[] bytes) {
    return sealAll(List.of(new ToSeal(caseId, kind, bytes))).get(0);
  }

  /** What is to be sealed; the fields as of {@link #seal}. */
  public record ToSeal(String caseId, String kind, byte[] bytes) {
    @Override
    public String toString() {
      return "ToSeal[" + kind + ", [raw]]";
    }
  }

  /** The same for several in one statement; what was sealed in their order. */
  public List<SealedRef> sealAll(List<ToSeal> all) {
    List<SealedRef> refs = new ArrayList<>();
    byte[][] salts = new byte[all.size()][];
    byte[][] nonces = new byte[all.size()][];
    byte[][] ciphers = new byte[all.size()][];
    for (int i = 0; i < salts.length; i++) {
      byte[] bytes = all.get(i).bytes();
      salts[i] = random(32);
      nonces[i] = random(12);
      refs.add(new SealedRef(UUID.randomUUID(), saltedHash(salts[i], bytes)));
      ciphers[i] = crypt(Cipher.ENCRYPT_MODE, keys.current().key(), nonces[i], refs.get(i).id(), bytes);
    }
    jdbc.sql(
            """
            insert into sealed_material (id, case_id, kind, salt, sha256, nonce, cipher, key_id, sealed_at)
            select id::uuid, case_id, kind, salt, sha256, nonce, cipher, :key, :at
              from unnest(:ids, :cases, :kinds, :salts, :hashes, :nonces, :ciphers) as sealed (id, case_id, kind, salt, sha256, nonce, cipher)""")
        .param("ids", refs.stream().map(ref -> ref.id().toString()).toArray(String[]::new))
        .param("cases", all.stream().map(ToSeal::caseId).toArray(String[]::new))
        .param("kinds", all.stream().map(ToSeal::kind).toArray(String[]::new))
        .param("salts", salts)
        .param("hashes", refs.stream().map(SealedRef::sha256).toArray(String[]::new))
        .param("nonces", nonces)
        .param("ciphers", ciphers)
        .param("key", keys.current().id())
        .param("at", SqlTime.of(clock.instant()))
        .update();
    return refs;
  }

  /** What is sealed of a case, the oldest first. */
  public List<SealedItem> ofCase(String caseId) {
    return jdbc.sql(ITEM + " from sealed_material where case_id = :case order by sealed_at, id")
        .param("case", caseId)
        .query((row, n) -> item(row))
        .list();
  }

  /**
   * Opens sealed material. The reading is committed to the log before the bytes are given out.
   *
   * @throws SealedRefusedException when there is none, the person may not, or it is not what was sealed
   */
  public byte[] open(UUID id, Person person, ReadingReason why) {
    Role as = READERS.stream().filter(person::has).findFirst().orElseThrow(() -> new SealedRefusedException("SEALED_NOT_ALLOWED"));
    return ownTransaction.execute(status -> {
      Sealed sealed = find(id);
      byte[] bytes = unsealed(sealed);
      readings.opens(person, as, why, sealed.item());
      return bytes;
    });
  }

  private record Sealed(SealedItem item, byte[] salt, byte[] nonce, byte[] cipher, String keyId) {
    @Override
    public String toString() {
      return "Sealed[" + item.id() + ", [raw]]";
    }
  }

  private Sealed find(UUID id) {
    return jdbc.sql(ITEM + ", salt, nonce, cipher, key_id from sealed_material where id = :id")
        .param("id", id)
        .query((row, n) ->
            new Sealed(item(row), row.getBytes("salt"), row.getBytes("nonce"), row.getBytes("cipher"), row.getString("key_id")))
        .optional()
        .orElseThrow(() -> new SealedRefusedException("SEALED_UNKNOWN"));
  }

  private byte[] unsealed(Sealed sealed) {
    SealingKeys.Named key = keys.named(sealed.keyId()).orElseThrow(() -> new SealedRefusedException("SEALED_KEY_MISSING"));
    byte[] bytes;
    try {
      bytes = crypt(Cipher.DECRYPT_MODE, key.key(), sealed.nonce(), sealed.item().id(), sealed.cipher());
    } catch (IllegalStateException e) {
      throw new SealedRefusedException("SEALED_CHANGED");
    }
    if (!saltedHash(sealed.salt(), bytes).equals(sealed.item().sha256())) {
      throw new SealedRefusedException("SEALED_CHANGED");
    }
    return bytes;
  }

  private static SealedItem item(ResultSet row) throws SQLException {
    return new SealedItem(
        row.getObject("id", UUID.class), row.getString("case_id"), row.getString("kind"), row.getString("sha256"),
        row.getTimestamp("sealed_at").toInstant());
  }

  /** A keyed fingerprint of bytes, for finding the same bytes again without being able to guess them; hex. */
  public String fingerprint(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.first().key());
      mac.update("fingerprint".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256", e);
    }
  }

  private static byte[] crypt(int mode, SecretKey key, byte[] nonce, UUID id, byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(id.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing or opening failed", e);
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
