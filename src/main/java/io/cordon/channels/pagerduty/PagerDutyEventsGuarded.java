package io.cordon.channels.pagerduty;

import io.cordon.platform.http.Breaker;
import io.cordon.platform.http.BreakerOpen;

/** Does not call a PagerDuty that fails again and again, so that the other channel is tried at once. */
final class PagerDutyEventsGuarded implements PagerDutyEvents {
  private final PagerDutyEvents events;
  private final PageQuota quota;
  private final Breaker breaker;

  PagerDutyEventsGuarded(PagerDutyEvents events, PageQuota quota, Breaker breaker) {
    this.events = events;
    this.quota = quota;
    this.breaker = breaker;
  }

  @Override
  public void trigger(PageRequest page) {
    guarded("trigger", page.service(), () -> events.trigger(page));
  }

  @Override
  public void resolve(String service, String dedupKey) {
    guarded("resolve", service, () -> events.resolve(service, dedupKey));
  }

  private void guarded(String operation, String service, Runnable call) {
    try {
      breaker.call(() -> {
        quota.sent(service);
        call.run();
        return null;
      });
    } catch (BreakerOpen e) {
      throw new PagerDutyUnavailable(operation, "left alone for a while after many failures");
    }
  }
}
