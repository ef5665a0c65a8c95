package io.cordon.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What the signer itself remembers of the last tree it signed or saw signed: size, root and right edge, in a small file
 * outside the database, because a restored database would restore its own memory too.
 */
final class SignerMemory {
  private final Path file;

  SignerMemory(Path file) {
    this.file = file;
  }

  /** @throws EvidenceHaltedException if the file is there and damaged */
  Optional<Frontier> recall() {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      String[] lines = Files.readString(file, StandardCharsets.US_ASCII).split("\n", -1);
      HexFormat hex = HexFormat.of();
      Frontier frontier = Frontier.of(Long.parseLong(lines[0]), hex.parseHex(lines[2]));
      if (!Arrays.equals(frontier.root(), hex.parseHex(lines[1]))) {
        throw new EvidenceHaltedException("its memory " + file + " is damaged");
      }
      return Optional.of(frontier);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new EvidenceHaltedException("its memory " + file + " is damaged");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On disk, and in one step, when this returns. */
  void remember(Frontier frontier) {
    HexFormat hex = HexFormat.of();
    String text = frontier.size() + "\n" + hex.formatHex(frontier.root()) + "\n"
        + hex.formatHex(frontier.stored()) + "\n";
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (FileChannel out = FileChannel.open(next, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING)) {
      out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
      out.force(true);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
