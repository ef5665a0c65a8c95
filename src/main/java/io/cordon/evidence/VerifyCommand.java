package io.cordon.evidence;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** {@code verify FILE [--vkey KEY]}: checks an evidence bundle offline. */
public final class VerifyCommand {
  private static final String USAGE = "usage: verify FILE [--vkey KEY]";
  private static final int LONGEST_TEXT = 1 << 16;

  private VerifyCommand() {}

  /**
   * @param args what follows the word {@code verify}
   * @param out gets the report; its first line starts with OK or BAD
   * @return 0 when everything holds, 1 when something does not, 2 when it could not be tried
   */
  public static int run(String[] args, PrintStream out) {
    boolean keyGiven = args.length == 3 && args[1].equals("--vkey");
    if (args.length != 1 && !keyGiven || !Files.isRegularFile(Path.of(args[0]))) {
      out.println(USAGE);
      return 2;
    }
    try (ZipFile zip = new ZipFile(args[0])) {
      List<String> names = zip.stream().map(ZipEntry::getName).sorted().toList();
      if (!names.equals(EvidenceBundle.FILES.stream().sorted().toList())) {
        return print(out, BundleReport.badBundle("a file is missing, doubled or unknown"));
      }
      String keyText = keyGiven ? args[2] : text(zip, "vkey.txt").stripTrailing();
      int exit = print(out, verify(zip, VerifierKey.parse(keyText)));
      out.println(keyGiven
          ? "Key: the one you gave."
          : "Key: taken from the bundle itself, so this proves nothing about who made it; compare with the"
              + " published key: " + keyText);
      return exit;
    } catch (IOException | IllegalArgumentException e) {
      return print(out, BundleReport.badBundle("unreadable: " + e.getMessage()));
    }
  }

  private static BundleReport verify(ZipFile zip, VerifierKey key) throws IOException {
    try (InputStream entries = open(zip, "entries.ndjson"); InputStream leaves = open(zip, "leaves.txt")) {
      return BundleVerifier.verify(entries, leaves, text(zip, "checkpoint.txt"), key);
    }
  }

  private static InputStream open(ZipFile zip, String name) throws IOException {
    return new BufferedInputStream(zip.getInputStream(zip.getEntry(name)), 1 << 16);
  }

  private static String text(ZipFile zip, String name) throws IOException {
    try (InputStream in = open(zip, name)) {
      byte[] bytes = in.readNBytes(LONGEST_TEXT);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  private static int print(PrintStream out, BundleReport report) {
    out.println(report.text());
    return report.ok() ? 0 : 1;
  }
}
