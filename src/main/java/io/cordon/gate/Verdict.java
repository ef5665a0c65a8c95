package io.cordon.gate;

/** What an approver answers. */
public enum Verdict {
  APPROVE,
  HOLD,
  REJECT
}
