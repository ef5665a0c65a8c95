package io.cordon.platform.sealed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/** Reads the key that seals, and refuses a file that others can read. */
final class SealingKey {
  private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
  private static final int BYTES = 32;

  private SealingKey() {}

  static SealingKeys load(SealingProperties properties) {
    try {
      Path file = properties.keyFile();
      if (properties.createKeyIfMissing() && !Files.exists(file)) {
        create(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the sealing key file cannot be made: set cordon.sealed.key-file", e);
    }
    return new SealingKeys(read(properties.keyFile()), properties.earlierKeyFiles().stream().map(SealingKey::read).toList());
  }

  private static SecretKeySpec read(Path file) {
    try {
      var readers = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      readers.removeAll(OWNER_ONLY);
      if (!readers.isEmpty()) {
        throw new IllegalStateException("the sealing key file can be read by others: set its mode to 600");
      }
      byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
      if (key.length != BYTES) {
        throw new IllegalStateException("the sealing key file does not hold 32 bytes in Base64");
      }
      return new SecretKeySpec(key, "AES");
    } catch (IOException e) {
      throw new IllegalStateException("the sealing key file cannot be read: set cordon.sealed.key-file", e);
    }
  }

  private static void create(Path file) throws IOException {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(file, Base64.getEncoder().encodeToString(key), StandardOpenOption.WRITE);
  }
}
