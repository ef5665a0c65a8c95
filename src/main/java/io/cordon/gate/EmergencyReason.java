package io.cordon.gate;

/** Why somebody breaks the glass; only these codes leave the sealed store. */
public enum EmergencyReason {
  RANSOMWARE_SPREADING,
  ATTACKER_ACTIVE,
  DATA_LEAVING,
  OTHER_SEE_SEALED;

  /** Whether this is one of the codes; null is not. */
  public static boolean isKnown(String code) {
    for (EmergencyReason known : values()) {
      if (known.name().equals(code)) {
        return true;
      }
    }
    return false;
  }
}
