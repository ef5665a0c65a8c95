package io.cordon.gate.clearance;

/** What the clinical feed says, from harmless to grave. */
public enum Clearance {
  /** The feed is alive and counts nobody. No proof of safety: only people can say that. */
  CLEAR,
  /** Nobody knows. */
  UNKNOWN,
  /** The feed counts somebody. */
  BUSY;

  /** Whether it is graver than what somebody was shown. */
  public boolean isWorseThan(Clearance shown) {
    return compareTo(shown) > 0;
  }
}
