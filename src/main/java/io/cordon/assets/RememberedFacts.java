package io.cordon.assets;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Look-ups of one kind with the time they were read; the longest unused are forgotten first. */
final class RememberedFacts<T> {
  private record Entry<T>(T value, Instant readAt) {}

  private final Function<String, T> source;
  private final AssetsProperties limits;
  private final Clock clock;
  private final Map<String, Entry<T>> entries;

  RememberedFacts(Function<String, T> source, AssetsProperties limits, Clock clock) {
    this.source = source;
    this.limits = limits;
    this.clock = clock;
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Entry<T>> eldest) {
            return size() > limits.remembered();
          }
        };
  }

  /**
   * What is known under this key: remembered while fresh, else read again; when that fails, what is remembered.
   *
   * @throws RuntimeException of the source, when it fails and nothing is remembered
   */
  Dated<T> get(String key) {
    Entry<T> known = entry(key);
    if (known != null && worth(known) == Freshness.FRESH) {
      return new Dated<>(known.value(), known.readAt(), false);
    }
    try {
      return read(key);
    } catch (ArcUnavailable | MdeLookupUnavailable e) {
      return Optional.ofNullable(known).map(old -> new Dated<>(old.value(), old.readAt(), worth(old) == Freshness.STALE)).orElseThrow(() -> e);
    }
  }

  // the time before the call: a fact is never taken for younger than it is
  private Dated<T> read(String key) {
    Instant at = clock.instant();
    T value = source.apply(key);
    synchronized (entries) {
      entries.put(key, new Entry<>(value, at));
    }
    return new Dated<>(value, at, false);
  }

  private Entry<T> entry(String key) {
    synchronized (entries) {
      return entries.get(key);
    }
  }

  private Freshness worth(Entry<T> entry) {
    return Freshness.of(entry.readAt(), clock.instant(), limits.freshFor(), limits.staleAfter());
  }
}
