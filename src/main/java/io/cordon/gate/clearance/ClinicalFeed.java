package io.cordon.gate.clearance;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Asks one after the other how many are treated at some places, and whether the feed is alive. */
final class ClinicalFeed {
  /** Appointments and slots up to so far ahead count. */
  static final Duration AHEAD = Duration.ofHours(4);

  private final FhirCounts counts;
  private final List<CountSearch.Kind> kinds;

  ClinicalFeed(FhirCounts counts, Collection<CountSearch.Kind> kinds) {
    this.counts = counts;
    this.kinds = List.copyOf(kinds);
  }

  /**
   * What was found.
   *
   * @param some for every question that was answered, whether it counted anybody
   */
  record Found(Clearance result, ClearanceReason reason, Map<CountSearch.Kind, Boolean> some) {}

  /** Looks at these places. The first question without an answer ends it: what is not known cannot clear anything. */
  Found look(Collection<String> locations, Instant now) {
    Map<CountSearch.Kind, Boolean> some = new EnumMap<>(CountSearch.Kind.class);
    try {
      for (CountSearch.Kind kind : kinds) {
        some.put(kind, counts.count(kind.at(locations, now, now.plus(AHEAD))) > 0);
      }
      // nobody anywhere in a hospital for a quarter of an hour: that is a dead feed
      return counts.count(CountSearch.alive(now)) > 0 ? judged(some, ClearanceReason.NOBODY_COUNTED) : judged(some, ClearanceReason.FEED_SILENT);
    } catch (FeedFailed e) {
      return judged(some, e.reason());
    }
  }

  private static Found judged(Map<CountSearch.Kind, Boolean> some, ClearanceReason otherwise) {
    if (some.containsValue(true)) {
      return new Found(Clearance.BUSY, ClearanceReason.SOMEBODY_COUNTED, some);
    }
    return new Found(otherwise == ClearanceReason.NOBODY_COUNTED ? Clearance.CLEAR : Clearance.UNKNOWN, otherwise, some);
  }
}
