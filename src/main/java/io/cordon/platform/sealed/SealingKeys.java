package io.cordon.platform.sealed;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;

/** The key that seals now and the earlier ones that still open. */
final class SealingKeys {
  /** A key and the public name under which rows refer to it. */
  record Named(String id, SecretKey key) {
    static Named of(SecretKey key) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("cordon sealing key".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return new Named(HexFormat.of().formatHex(digest.digest(key.getEncoded()), 0, 8), key);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java has no SHA-256", e);
      }
    }

    @Override
    public String toString() {
      return "Named[" + id + "]";
    }
  }

  private final List<Named> all = new ArrayList<>();

  SealingKeys(SecretKey current, List<? extends SecretKey> earlier) {
    all.add(Named.of(current));
    earlier.forEach(key -> all.add(Named.of(key)));
  }

  Named current() {
    return all.get(0);
  }

  /** The first key there ever was: fingerprints stay the same across a change of keys, or old alerts would look new. */
  Named first() {
    return all.get(all.size() - 1);
  }

  /** The key of this name; material from before keys had names was sealed with the first. */
  Optional<Named> named(String id) {
    return id == null ? Optional.of(first()) : all.stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
