package io.cordon.channels.pagerduty;

/** PagerDuty was not reached, failed or did not answer; the event may be repeated under the same key. */
public final class PagerDutyUnavailable extends PagerDutyException {
  PagerDutyUnavailable(String operation, String reason) {
    super(operation, "unavailable, " + reason);
  }
}
