package io.cordon.alerts;

import io.cordon.alerts.IntakeResult.Disposition;

/**
 * An alert that has its case.
 *
 * @param graver whether it makes an open case graver than it was, so that people must look again
 */
record Placed(Arrival arrival, Disposition disposition, String caseId, boolean graver) {
  IncomingAlert alert() {
    return arrival.alert();
  }

  boolean isDuplicate() {
    return disposition == Disposition.DUPLICATE;
  }

  IntakeResult result() {
    return new IntakeResult(alert().systemAlertId(), caseId, disposition, null);
  }
}
