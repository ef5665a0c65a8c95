package io.cordon.evidence.anchors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/**
 * A directory of read-only files, each written once. As strong as what is mounted there: write-once storage, or a disk of
 * another administrator.
 */
final class AnchorDirectory implements AnchorStore {
  private final Path folder;

  AnchorDirectory(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "directory";
  }

  @Override
  public void keep(String name, byte[] text) {
    Path file = folder.resolve(name);
    try {
      Path whole = written(text);
      try {
        // a link appears at once and whole, and never replaces a file
        Files.createLink(file, whole);
      } catch (FileAlreadyExistsException e) {
        if (!Arrays.equals(Files.readAllBytes(file), text)) {
          throw new AnchorFailed(AnchorFailed.OTHER_TEXT);
        }
      } finally {
        Files.delete(whole);
      }
    } catch (IOException e) {
      throw new AnchorFailed(AnchorFailed.NOT_REACHED);
    }
  }

  private Path written(byte[] text) throws IOException {
    Path whole = Files.createTempFile(folder, ".", ".part");
    try (FileChannel out = FileChannel.open(whole, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(text));
      out.force(true);
    }
    Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("r--r--r--"));
    return whole;
  }
}
