package io.cordon.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** The Ed25519 key that signs checkpoints, kept in a PKCS#8 PEM file only its owner may read. */
final class SigningKey {
  private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final PrivateKey privateKey;
  private final VerifierKey verifierKey;

  private SigningKey(PrivateKey privateKey, VerifierKey verifierKey) {
    this.privateKey = privateKey;
    this.verifierKey = verifierKey;
  }

  /**
   * @param origin the name of the key and of the log
   * @throws IllegalStateException if the file is missing (and may not be created), open to others or not such a key
   */
  static SigningKey load(Path file, String origin, boolean createIfMissing) {
    try {
      if (createIfMissing && Files.notExists(file)) {
        create(file);
      }
      Set<PosixFilePermission> open = new HashSet<>(Files.getPosixFilePermissions(file));
      open.removeIf(permission -> permission.name().startsWith("OWNER"));
      if (!open.isEmpty()) {
        throw new IllegalStateException("the signing key " + file + " is open to others than its owner");
      }
      return ofSeed(readSeed(file), origin);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the signing key " + file, e);
    }
  }

  static SigningKey ofSeed(byte[] seed, String origin) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new FixedRandom(seed));
      KeyPair pair = generator.generateKeyPair();
      byte[] encoded = pair.getPublic().getEncoded();
      byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
      return new SigningKey(pair.getPrivate(), new VerifierKey(origin, raw));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no Ed25519", e);
    }
  }

  VerifierKey verifierKey() {
    return verifierKey;
  }

  byte[] sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(privateKey);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }

  private static void create(Path file) throws IOException {
    byte[] seed = new byte[32];
    new SecureRandom().nextBytes(seed);
    byte[] encoded = ByteBuffer.allocate(48).put(PKCS8_PREFIX).put(seed).array();
    String pem = BEGIN + "\n" + Base64Text.encode(encoded) + "\n" + END + "\n";
    Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(file, pem, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
  }

  private static byte[] readSeed(Path file) throws IOException {
    String pem = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (!pem.startsWith(BEGIN) || !pem.endsWith(END)) {
      throw new IllegalStateException(file + " is not a PKCS#8 PEM file");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(pem.substring(BEGIN.length(), pem.length() - END.length()));
    if (encoded.length != 48 || !Arrays.equals(PKCS8_PREFIX, Arrays.copyOf(encoded, 16))) {
      throw new IllegalStateException(file + " is not an Ed25519 key");
    }
    return Arrays.copyOfRange(encoded, 16, 48);
  }

  // Java has no call that derives the public key from a private one; a generator fed with the seed does it.
  private static final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient byte[] seed;

    FixedRandom(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("expected to give exactly the seed");
      }
      System.arraycopy(seed, 0, bytes, 0, seed.length);
    }
  }
}
