package io.cordon.containment;

/**
 * What is known right after a send.
 *
 * @param mdeActionId Defender's id of the action, only for ACCEPTED
 * @param reason why nothing was done, only for REFUSED: Defender's error code, {@link #SCRIPT_DIFFERS} or {@link #HELD_BACK}
 */
public record SendResult(Kind kind, String mdeActionId, String reason) {
  /** The library holds another script than the approved one. */
  static final String SCRIPT_DIFFERS = "SCRIPT_DIFFERS";
  /** The net for patient data let nothing out. */
  static final String HELD_BACK = "HELD_BACK";

  /** ACCEPTED: ours is there. REFUSED: Defender said no. AMBIGUOUS: nobody knows yet. */
  public enum Kind {
    ACCEPTED,
    REFUSED,
    AMBIGUOUS
  }

  static SendResult accepted(String mdeActionId) {
    return new SendResult(Kind.ACCEPTED, mdeActionId, null);
  }

  static SendResult refused(String reason) {
    return new SendResult(Kind.REFUSED, null, reason);
  }

  static SendResult ambiguous() {
    return new SendResult(Kind.AMBIGUOUS, null, null);
  }
}
