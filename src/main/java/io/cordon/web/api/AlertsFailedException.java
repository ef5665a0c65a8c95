package io.cordon.web.api;

/** At least one alert of a body failed for a reason of ours, which is the cause. */
final class AlertsFailedException extends RuntimeException {
  AlertsFailedException(RuntimeException cause) {
    super(cause);
  }
}
