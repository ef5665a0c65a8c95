package io.cordon.sandbox;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Every request that reached the sandbox, in order. */
final class Journal {
  /** One request and the status it got; 0 when the answer never arrived. */
  record Entry(int seq, String at, String service, String method, String path, String query, int status, String body) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Clock clock;

  Journal(Clock clock) {
    this.clock = clock;
  }

  synchronized void add(String service, Call call, int status, String body) {
    entries.add(new Entry(entries.size(), clock.instant().toString(), service, call.method(), call.path(), call.query(), status, body));
  }

  /** The requests of a service, or all for null. */
  synchronized List<Entry> of(String service) {
    return entries.stream().filter(entry -> service == null || service.equals(entry.service())).toList();
  }
}
