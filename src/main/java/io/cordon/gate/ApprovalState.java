package io.cordon.gate;

/** State of an approval request (design section 4). Only PENDING and HELD can still be answered. */
public enum ApprovalState {
  PENDING,
  GRANTED,
  REJECTED,
  HELD,
  EXPIRED,
  WITHDRAWN,
  VOIDED;

  /** Whether an answer is still possible. */
  public boolean isLive() {
    return this == PENDING || this == HELD;
  }
}
