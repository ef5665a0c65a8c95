package io.cordon.platform.sealed;

/** Why somebody opens sealed material; a closed list, since what people type is sealed itself. */
public enum ReadingReason {
  INVESTIGATION,
  QUARANTINE_REVIEW,
  PATIENT_SAFETY,
  AUDIT,
  PRIVACY_REQUEST
}
