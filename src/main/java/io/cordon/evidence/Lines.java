package io.cordon.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The lines of a stream, each ended by a newline and at most 1 MiB long. Made for millions of them. */
final class Lines {
  private static final int LONGEST = 1 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int end;

  Lines(InputStream in) {
    this.in = in;
  }

  /** A line without its newline, or null if there is no whole line of acceptable length. */
  byte[] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    while (!isOver()) {
      int newline = newline();
      line.write(buffer, next, newline - next);
      next = newline;
      if (line.size() > LONGEST) {
        return null;
      }
      if (newline < end) {
        next++;
        return line.toByteArray();
      }
    }
    return null;
  }

  /** Whether nothing follows. */
  boolean isOver() throws IOException {
    if (next == end) {
      next = 0;
      end = Math.max(0, in.read(buffer));
    }
    return end == 0;
  }

  private int newline() {
    int at = next;
    while (at < end && buffer[at] != '\n') {
      at++;
    }
    return at;
  }
}
