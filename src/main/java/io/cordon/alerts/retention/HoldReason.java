package io.cordon.alerts.retention;

/** Why material must stay; a closed list, since what people type is sealed itself. */
public enum HoldReason {
  LITIGATION,
  INVESTIGATION,
  REGULATOR,
  PATIENT_REQUEST
}
