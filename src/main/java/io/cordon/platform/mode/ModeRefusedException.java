package io.cordon.platform.mode;

/** The mode cannot be this one now; says why, and what to do first. */
public class ModeRefusedException extends RuntimeException {
  private final String next;

  /**
   * @param reason why Cordon does not start in this mode, as a sentence
   * @param next what to do
   */
  public ModeRefusedException(String reason, String next) {
    super(reason);
    this.next = next;
  }

  String next() {
    return next;
  }
}
