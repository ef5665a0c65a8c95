package io.cordon.evidence;

/** Wakes somebody when the log is in trouble. A failure to do so is the caller's to log; it will be tried again. */
public interface EvidenceAlarm {
  /** What the trouble is. */
  enum Trouble {
    /** History went back or was changed, or the signer itself fails: nothing is signed, and no action is sent, until a person has looked. */
    SIGNER_HALTED,
    /** For about a minute nothing was signed although something waits, and no signer says why. */
    SIGNER_LATE,
    /** For too long no checkpoint reached a place outside the database. */
    ANCHORS_LATE
  }

  void raise(Trouble trouble);

  /** The trouble is over. */
  void settle(Trouble trouble);
}
