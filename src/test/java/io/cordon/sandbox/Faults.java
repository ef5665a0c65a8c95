package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is to go wrong: set by tests, used up by requests. */
final class Faults {
  static final Set<String> SERVICES = Set.of("entra", "botframework", "mde", "arm", "teams", "pagerduty", "loganalytics", "graph", "fhir");
  static final Fault NONE = new Fault("", "", "none", 0, 0, 1);

  private static final Set<String> MODES = Set.of("status", "bare-status", "delay", "reset", "truncate", "lost", "late-visible");

  /** One fault: the next {@code times} requests of the service whose path contains {@code path}. */
  record Fault(String service, String path, String mode, int status, int delayMs, int times) {
    boolean is(String other) {
      return mode.equals(other);
    }

    /** Whether the service gets to see the request. */
    boolean isServed() {
      return !is("status") && !is("bare-status") && !is("reset");
    }

    /** Whether the caller gets to see an answer. */
    boolean isAnswered() {
      return !is("reset") && !is("lost") && !is("late-visible");
    }

    /** The answer that was set, a bare one without any header. Else a 429 says to wait as long as {@code delayMs}, at least a second. */
    Answer answer() {
      Answer answer = Answer.json(status, Map.of("error", Map.of("code", "Sandbox", "message", "as told")));
      return status == 429 && !is("bare-status") ? answer.with("Retry-After", Integer.toString(Math.max(1, (delayMs + 999) / 1000))) : answer;
    }

    private boolean isKnown() {
      return MODES.contains(mode) && SERVICES.contains(service) && (!is("late-visible") || service.equals("mde")) && status >= 200 && status <= 599
          && delayMs >= 0 && times > 0;
    }
  }

  private final List<Fault> faults = new ArrayList<>();

  /** Adds a fault; false when it is none the sandbox knows. */
  synchronized boolean add(JsonNode json) {
    Fault fault =
        new Fault(
            json.path("service").asText(), json.path("path").asText(""), json.path("mode").asText(),
            json.path("status").asInt(503), json.path("delayMs").asInt(0), json.path("times").asInt(1));
    return fault.isKnown() && faults.add(fault);
  }

  synchronized void clear() {
    faults.clear();
  }

  /** Whether every fault was used up. */
  synchronized boolean isEmpty() {
    return faults.isEmpty();
  }

  /** The fault for this request, used up once, or {@link #NONE}. */
  synchronized Fault take(String service, String path) {
    for (Iterator<Fault> all = faults.iterator(); all.hasNext(); ) {
      Fault fault = all.next();
      if (fault.service().equals(service) && path.contains(fault.path())) {
        all.remove();
        if (fault.times() > 1) {
          faults.add(new Fault(service, fault.path(), fault.mode(), fault.status(), fault.delayMs(), fault.times() - 1));
        }
        return fault;
      }
    }
    return NONE;
  }
}
