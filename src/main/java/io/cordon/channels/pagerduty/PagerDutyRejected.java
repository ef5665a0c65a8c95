package io.cordon.channels.pagerduty;

/** The event is wrong or no routing key fits; repeating it does not help. */
public final class PagerDutyRejected extends PagerDutyException {
  private final int status;

  PagerDutyRejected(String operation, int status, String reason) {
    super(operation, "rejected, " + reason);
    this.status = status;
  }

  /** The HTTP status, or 0 when nothing was sent. */
  public int status() {
    return status;
  }
}
