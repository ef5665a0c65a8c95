package io.cordon.containment.mde;

import java.util.Arrays;

/**
 * What a script left behind. It may hold anything, so it goes to the sealed store; only the exit code says what happened.
 *
 * @param exitCode of the script
 * @param raw the transcript as it came
 */
public record Transcript(int exitCode, byte[] raw) {
  public Transcript {
    raw = Arrays.copyOf(raw, raw.length);
  }

  @Override
  public String toString() {
    return "Transcript[" + exitCode + ", [raw]]";
  }
}
