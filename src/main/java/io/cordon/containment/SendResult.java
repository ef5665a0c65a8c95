package io.cordon.containment;

/**
 * What is known right after a send.
 *
 * @param mdeActionId Defender's id of the action, only for ACCEPTED
 */
public record SendResult(Kind kind, String mdeActionId) {
  /** ACCEPTED: ours is there. REFUSED: Defender said no. AMBIGUOUS: nobody knows yet. */
  public enum Kind {
    ACCEPTED,
    REFUSED,
    AMBIGUOUS
  }

  static SendResult accepted(String mdeActionId) {
    return new SendResult(Kind.ACCEPTED, mdeActionId);
  }

  static SendResult refused() {
    return new SendResult(Kind.REFUSED, null);
  }

  static SendResult ambiguous() {
    return new SendResult(Kind.AMBIGUOUS, null);
  }
}
