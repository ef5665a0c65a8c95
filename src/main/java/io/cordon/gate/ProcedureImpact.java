package io.cordon.gate;

/**
 * What the approver says of procedures that the machine takes part in; an approval needs one. NOT_STATED is for emergencies
 * only, where nobody has to look before the machine is isolated.
 */
public enum ProcedureImpact {
  NONE_RUNNING,
  CAN_BE_MOVED,
  DOWNTIME_PROCEDURE_STARTED,
  NOT_STATED
}
