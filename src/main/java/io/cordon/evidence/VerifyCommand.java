package io.cordon.evidence;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code verify}: checks offline an evidence bundle, a CAB pack or two checkpoints, or, reading only, the log in a database.
 */
public final class VerifyCommand {
  private static final String USAGE = """
      usage: verify FILE.zip [--vkey KEY] [--checkpoint EARLIER.txt ...]
             verify jdbc:postgresql://HOST/DATABASE [--vkey KEY] [--checkpoint EARLIER.txt ...]
             verify EARLIER.txt LATER.txt PROOF.txt --vkey KEY
      A database is only read, as user PGUSER with password PGPASSWORD.""";

  private final List<String> targets = new ArrayList<>();
  private final List<String> earlier = new ArrayList<>();
  private String vkey;
  private String ownKey;

  private VerifyCommand() {}

  /**
   * @param args what follows the word {@code verify}
   * @param out gets the report; its first line starts with OK or BAD
   * @return 0 when everything holds, 1 when something does not, 2 when it could not be tried
   */
  public static int run(String[] args, PrintStream out) {
    VerifyCommand command = new VerifyCommand();
    try {
      if (!command.takes(args)) {
        out.println(USAGE);
        return 2;
      }
      return command.print(out, command.check());
    } catch (IOException | SQLException | IllegalArgumentException e) {
      return command.print(out, BundleReport.badBundle("unreadable: " + e.getMessage()));
    }
  }

  private boolean takes(String[] args) throws IOException {
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("--")) {
        targets.add(args[i]);
      } else if (i + 1 < args.length && args[i].equals("--vkey")) {
        vkey = args[++i];
      } else if (i + 1 < args.length && args[i].equals("--checkpoint")) {
        earlier.add(Files.readString(Path.of(args[++i])));
      } else {
        return false;
      }
    }
    boolean live = targets.size() == 1 && isLive();
    boolean files = targets.stream().allMatch(target -> live || Files.isRegularFile(Path.of(target)));
    return files && (targets.size() == 1 || targets.size() == 3 && vkey != null && earlier.isEmpty());
  }

  private boolean isLive() {
    return targets.get(0).startsWith("jdbc:postgresql:");
  }

  private BundleReport check() throws IOException, SQLException {
    if (targets.size() == 3) {
      return TwoCheckpoints.verify(read(0), read(1), read(2), VerifierKey.parse(vkey));
    }
    if (isLive()) {
      return LiveLog.verify(targets.get(0), vkey, earlier);
    }
    try (BundleFile file = new BundleFile(Path.of(targets.get(0)))) {
      ownKey = file.vkey();
      return file.verify(VerifierKey.parse(vkey == null ? ownKey : vkey), earlier);
    }
  }

  private String read(int target) throws IOException {
    return Files.readString(Path.of(targets.get(target)));
  }

  private int print(PrintStream out, BundleReport report) {
    out.println(report.text());
    if (vkey != null) {
      out.println("Key: the one you gave.");
    } else if (ownKey != null) {
      out.println("Key: taken from the bundle itself, so this proves nothing about who made it; compare with the published key: " + ownKey);
    } else {
      out.println("Key: the one the log says is its own, so this proves nothing about who made it; compare with the published key.");
    }
    return report.ok() ? 0 : 1;
  }
}
