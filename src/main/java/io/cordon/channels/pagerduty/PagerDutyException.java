package io.cordon.channels.pagerduty;

/** An event that was not accepted; names the operation, never the text or the key. */
public abstract sealed class PagerDutyException extends RuntimeException
    permits PagerDutyRejected, PagerDutyThrottled, PagerDutyUnavailable {
  private final String operation;

  PagerDutyException(String operation, String message) {
    super("PagerDuty " + operation + ": " + message);
    this.operation = operation;
  }

  public String operation() {
    return operation;
  }
}
