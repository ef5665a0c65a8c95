package io.cordon.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is signed: who keeps the log, how many entries it has and the root over them (C2SP tlog-checkpoint). */
record Checkpoint(String origin, long size, byte[] root) {
  private static final Pattern TEXT = Pattern.compile("([\\x21-\\x7e]+)\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n");

  static Checkpoint parse(String text) {
    Matcher lines = TEXT.matcher(text);
    if (!lines.matches()) {
      throw new IllegalArgumentException("not a checkpoint of three lines");
    }
    return new Checkpoint(lines.group(1), Long.parseLong(lines.group(2)), Base64Text.decode(lines.group(3)));
  }

  String text() {
    return origin + "\n" + size + "\n" + Base64Text.encode(root) + "\n";
  }
}
