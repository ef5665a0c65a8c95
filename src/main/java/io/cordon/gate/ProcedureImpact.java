package io.cordon.gate;

/** What the approver says of procedures that the machine takes part in; an approval needs one. */
public enum ProcedureImpact {
  NONE_RUNNING,
  CAN_BE_MOVED,
  DOWNTIME_PROCEDURE_STARTED
}
