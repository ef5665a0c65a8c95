package io.cordon.channels.pagerduty;

import io.cordon.platform.mode.OperatingMode;
import io.micrometer.core.instrument.Counter;

/** Wakes nobody in shadow, and says on every page of a drill that it is one. */
final class PagerDutyEventsInMode implements PagerDutyEvents {
  private static final int LONGEST = 1024;

  private final PagerDutyEvents events;
  private final OperatingMode mode;
  private final Counter held;

  PagerDutyEventsInMode(PagerDutyEvents events, OperatingMode mode, Counter held) {
    this.events = events;
    this.mode = mode;
    this.held = held;
  }

  @Override
  public void trigger(PageRequest page) {
    if (mode.holdsBack()) {
      held.increment();
    } else {
      events.trigger(mode.isMarked() ? marked(page) : page);
    }
  }

  @Override
  public void resolve(String service, String dedupKey) {
    if (mode.holdsBack()) {
      held.increment();
    } else {
      events.resolve(service, dedupKey);
    }
  }

  private PageRequest marked(PageRequest page) {
    String summary = mode + ": " + page.summary();
    return new PageRequest(
        page.service(), page.dedupKey(), summary.substring(0, Math.min(summary.length(), LONGEST)), page.source(), page.severity(), page.details(),
        page.links());
  }
}
