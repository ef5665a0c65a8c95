package io.cordon.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedNoteTest {
  private static final String VKEY =
      "soar.example/evidence/test+a47450fa+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea";
  private static final String NOTE = "soar.example/evidence/test\n7\nPfVgPPQtaJ0ZSd8eR0wUjfXJ5XPH+JP+8jiXCy1Ap10=\n\n"
      + "\u2014 soar.example/evidence/test pHRQ+rRqIHJjdx1/XkXczdjyaXSUn+tPnKO7H26F4Fa86D7tcUxrg37hiCfdaySfcIrqlw/TSN54"
      + "aHoF+cwoFjbYywM=\n";

  @TempDir Path folder;

  @Test
  void signsTheKnownCheckpoint() {
    SigningKey key = SigningKey.ofSeed(
        HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"),
        "soar.example/evidence/test");
    byte[] root = Base64Text.decode("PfVgPPQtaJ0ZSd8eR0wUjfXJ5XPH+JP+8jiXCy1Ap10=");
    assertThat(key.verifierKey().text()).isEqualTo(VKEY);
    assertThat(SignedNote.sign(new Checkpoint("soar.example/evidence/test", 7, root).text(), key)).isEqualTo(NOTE);
  }

  @Test
  void readsTheKnownCheckpoint() {
    assertThat(SignedNote.parse(NOTE).checkpointSignedBy(VerifierKey.parse(VKEY)).size()).isEqualTo(7);
  }

  @Test
  void refusesEveryChangedCharacter() {
    VerifierKey key = VerifierKey.parse(VKEY);
    for (int i = 0; i < NOTE.length(); i++) {
      String changed = NOTE.substring(0, i) + (char) (NOTE.charAt(i) ^ 1) + NOTE.substring(i + 1);
      assertThatThrownBy(() -> SignedNote.parse(changed).checkpointSignedBy(key))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesAKeyTextWithAnotherId() {
    assertThatThrownBy(() -> VerifierKey.parse(VKEY.replace("a47450fa", "a47450fb")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsACreatedKeyToItsOwner() throws IOException {
    Path file = folder.resolve("key.pem");
    SigningKey created = SigningKey.load(file, "o", true);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    assertThat(SigningKey.load(file, "o", false).verifierKey().text()).isEqualTo(created.verifierKey().text());
  }

  @Test
  void refusesAMissingOrOpenKey() throws IOException {
    Path file = folder.resolve("key.pem");
    assertThatThrownBy(() -> SigningKey.load(file, "o", false)).isInstanceOf(IllegalStateException.class);
    SigningKey.load(file, "o", true);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> SigningKey.load(file, "o", false)).hasMessageContaining("open to others");
  }
}
