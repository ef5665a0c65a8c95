package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is to go wrong: set by tests, used up by requests. */
final class Faults {
  private static final Set<String> MODES = Set.of("status", "delay", "reset", "truncate", "lost");

  /** One fault: the next {@code times} requests of the service whose path contains {@code path}. */
  record Fault(String service, String path, String mode, int status, int delayMs, int times) {}

  private final List<Fault> faults = new ArrayList<>();

  /** Adds a fault; false when it is none the sandbox knows. */
  synchronized boolean add(JsonNode json) {
    if (!MODES.contains(json.path("mode").asText()) || json.path("service").asText().isEmpty()) {
      return false;
    }
    faults.add(
        new Fault(
            json.path("service").asText(), json.path("path").asText(""), json.path("mode").asText(),
            json.path("status").asInt(503), json.path("delayMs").asInt(0), json.path("times").asInt(1)));
    return true;
  }

  synchronized void clear() {
    faults.clear();
  }

  /** Whether every fault was used up. */
  synchronized boolean isEmpty() {
    return faults.isEmpty();
  }

  /** The fault for this request, used up once. */
  synchronized Optional<Fault> take(String service, String path) {
    for (Iterator<Fault> all = faults.iterator(); all.hasNext(); ) {
      Fault fault = all.next();
      if (fault.service().equals(service) && path.contains(fault.path())) {
        all.remove();
        if (fault.times() > 1) {
          faults.add(new Fault(service, fault.path(), fault.mode(), fault.status(), fault.delayMs(), fault.times() - 1));
        }
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
