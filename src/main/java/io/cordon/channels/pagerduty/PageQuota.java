package io.cordon.channels.pagerduty;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** How many events this node sent under each key within the last minute, so that a storm is put together before PagerDuty refuses it. */
public final class PageQuota {
  private static final Duration WITHIN = Duration.ofMinutes(1);

  private final PagerDutySettings settings;
  private final Clock clock;
  private final Map<String, Deque<Instant>> sent = new HashMap<>();

  public PageQuota(PagerDutySettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether one more page of its own fits for this service. */
  public synchronized boolean hasRoom(String service) {
    return recent(service).size() < settings.eventsPerMinute();
  }

  /** Counts an event. */
  synchronized void sent(String service) {
    recent(service).add(clock.instant());
  }

  private Deque<Instant> recent(String service) {
    Deque<Instant> times = sent.computeIfAbsent(String.valueOf(settings.routingKeyOf(service)), key -> new ArrayDeque<>());
    Instant from = clock.instant().minus(WITHIN);
    while (!times.isEmpty() && !times.peekFirst().isAfter(from)) {
      times.removeFirst();
    }
    return times;
  }
}
