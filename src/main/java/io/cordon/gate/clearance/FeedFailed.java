package io.cordon.gate.clearance;

/** The feed gave no number. Carries a reason of ours, never what was asked or answered. */
final class FeedFailed extends RuntimeException {
  private final ClearanceReason reason;

  FeedFailed(ClearanceReason reason) {
    super(reason.name());
    this.reason = reason;
  }

  ClearanceReason reason() {
    return reason;
  }
}
