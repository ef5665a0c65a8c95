package io.cordon.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sliding windows: how many calls a key may make in how long. A refused call does not count. */
final class RateWindows {
  /** At most this many calls within this time. */
  record Window(int most, Duration within) {}

  private final RateLimits limits;
  private final List<Window> windows;
  private final int longest;
  private final Map<String, List<Instant>> calls = new HashMap<>();

  RateWindows(RateLimits limits, Window... windows) {
    this.limits = limits;
    this.windows = List.of(windows);
    this.longest = this.windows.stream().mapToInt(Window::most).max().orElse(0);
  }

  /** Counts a call; the seconds to wait when it is one too many. */
  synchronized Optional<Long> refuse(String key) {
    if (!limits.enforced()) {
      return Optional.empty();
    }
    Instant now = limits.clock().instant();
    List<Instant> made = calls.computeIfAbsent(key, fresh -> new ArrayList<>());
    Optional<Duration> wait = windows.stream().map(window -> wait(made, window, now)).max(Duration::compareTo).filter(time -> time.compareTo(Duration.ZERO) > 0);
    if (wait.isEmpty()) {
      made.add(now);
      if (made.size() > longest) {
        made.remove(0);
      }
    }
    return wait.map(time -> time.plusNanos(999_999_999).toSeconds());
  }

  private static Duration wait(List<Instant> made, Window window, Instant now) {
    int first = made.size() - window.most();
    return first < 0 ? Duration.ZERO : Duration.between(now, made.get(first).plus(window.within()));
  }
}
