package io.cordon.platform.mode;

import java.util.Arrays;
import java.util.Locale;

/** What this installation is run for; the same on all its nodes. */
public enum OperatingMode {
  /** The real thing. */
  LIVE,
  /**
   * Looks on: everything runs on real inputs, and nothing is sent to Defender or to an incident, nobody is paged, and cards go to a
   * channel of their own. What would have been sent is evidence, marked.
   */
  SHADOW,
  /** An exercise: everything is sent as it is live, and is marked as an exercise, in the evidence and wherever people read it. */
  DRILL;

  /**
   * The mode that a setting names.
   *
   * @throws ModeRefusedException when it names none: nobody should guess what somebody meant by it
   */
  static OperatingMode of(String setting) {
    String name = setting.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(mode -> mode.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ModeRefusedException("cordon.mode names no mode.", "Set it to live, shadow or drill."));
  }

  /** Whether nothing may leave that does something to a machine or wakes somebody. */
  public boolean holdsBack() {
    return this == SHADOW;
  }

  /** Whether whatever is written down and shown must say what mode it is. */
  public boolean isMarked() {
    return this != LIVE;
  }
}
