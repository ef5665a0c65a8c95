package io.cordon.channels.pagerduty;

/**
 * Events API v2. Both calls may be repeated: the de-duplication key makes them harmless. Success means accepted, not
 * that anyone was paged. Contract teams-pagerduty, section 7. May throw {@link PagerDutyRejected}, {@link
 * PagerDutyThrottled} or {@link PagerDutyUnavailable}.
 */
public interface PagerDutyEvents {

  void trigger(PageRequest page);

  /** Resolves what was triggered under this key for this service; it must be the service of the trigger. */
  void resolve(String service, String dedupKey);
}
