package io.cordon.alerts.sources;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Some alerts as they came.
 *
 * @param next where the page behind this one begins; empty when the source was read to its end
 */
record SourcePage(List<Item> items, Optional<String> next) {
  /**
   * One alert.
   *
   * @param at when the source got this version of it; null when that cannot be read
   */
  record Item(byte[] json, Instant at) {
    @Override
    public String toString() {
      return "Item[" + at + ", raw]";
    }
  }

  /** The newest time of an alert that is not after this moment: one from the future must not take the watermark there. */
  Optional<Instant> newestUntil(Instant now) {
    return items.stream().map(Item::at).filter(Objects::nonNull).filter(at -> !at.isAfter(now)).max(Instant::compareTo);
  }
}
