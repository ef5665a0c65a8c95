package io.cordon.gate;

/** Reasons an approver can give; only these codes leave the sealed store. */
public enum ReasonCode {
  THREAT_OUTWEIGHS_DOWNTIME,
  NO_PATIENT_IMPACT,
  PROCEDURE_RUNNING,
  NEEDS_MORE_FACTS,
  RISK_TO_PATIENTS,
  FALSE_ALARM,
  OTHER_SEE_SEALED;

  /** Whether this is one of the codes; null is not. */
  public static boolean isKnown(String code) {
    for (ReasonCode known : values()) {
      if (known.name().equals(code)) {
        return true;
      }
    }
    return false;
  }
}
