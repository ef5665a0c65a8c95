package io.cordon.alerts;

/**
 * What became of one alert.
 *
 * @param caseId null when quarantined
 * @param reason code of why, null when there is nothing to say
 */
public record IntakeResult(String systemAlertId, String caseId, Disposition disposition, String reason) {
  /** The ways an alert can end (design section 3, step 1). */
  public enum Disposition {
    OPENED,
    JOINED,
    UPDATED,
    DUPLICATE,
    QUARANTINED
  }
}
