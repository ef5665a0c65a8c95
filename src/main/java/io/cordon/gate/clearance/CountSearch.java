package io.cordon.gate.clearance;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One question for a number. Parameter names are those of FHIR R4 4.0.1; contract evidence-phi-security, section 3.
 *
 * @param parameters of the search, in order; a name may come twice
 */
record CountSearch(String resource, List<Map.Entry<String, String>> parameters) {
  private static final Duration BEFORE = Duration.ofHours(8);
  private static final Duration ALIVE = Duration.ofMinutes(15);

  CountSearch {
    parameters = List.copyOf(parameters);
  }

  /** What can be counted about places. */
  enum Kind {
    ENCOUNTER("encounter") {
      @Override
      CountSearch at(Collection<String> locations, Instant now, Instant until) {
        return search("Encounter", locations(locations), Map.entry("status", "arrived,triaged,in-progress"));
      }
    },
    PROCEDURE("procedure") {
      @Override
      CountSearch at(Collection<String> locations, Instant now, Instant until) {
        return search("Procedure", locations(locations), Map.entry("status", "preparation,in-progress"));
      }
    },
    APPOINTMENT("appointment") {
      @Override
      CountSearch at(Collection<String> locations, Instant now, Instant until) {
        return search(
            "Appointment", locations(locations), Map.entry("status", "arrived,checked-in,booked"),
            Map.entry("date", "ge" + now.minus(BEFORE)), Map.entry("date", "le" + until));
      }
    },
    SLOT("slot") {
      @Override
      CountSearch at(Collection<String> locations, Instant now, Instant until) {
        return search(
            "Slot", Map.entry("schedule.actor", references(locations)), Map.entry("status", "busy"),
            Map.entry("start", "ge" + now.minus(BEFORE)), Map.entry("start", "le" + until));
      }
    },
    SERVICE_REQUEST("serviceRequest") {
      @Override
      CountSearch at(Collection<String> locations, Instant now, Instant until) {
        return search(
            "ServiceRequest", Map.entry("encounter.location", references(locations)), Map.entry("status", "active"),
            Map.entry("occurrence", "ge" + now.minus(BEFORE)), Map.entry("occurrence", "le" + until));
      }
    };

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** Its name in the log. */
    String word() {
      return word;
    }

    /** The question about these places, between some hours ago and then. */
    abstract CountSearch at(Collection<String> locations, Instant now, Instant until);
  }

  /** Whether the feed is alive at all: any encounter that changed lately, wherever. */
  static CountSearch alive(Instant now) {
    return search("Encounter", Map.entry("_lastUpdated", "ge" + now.minus(ALIVE)));
  }

  private static Map.Entry<String, String> locations(Collection<String> ids) {
    return Map.entry("location", references(ids));
  }

  private static String references(Collection<String> ids) {
    return ids.stream().sorted().map(id -> "Location/" + id).collect(Collectors.joining(","));
  }

  @SafeVarargs
  private static CountSearch search(String resource, Map.Entry<String, String>... parameters) {
    return new CountSearch(resource, Stream.of(parameters).toList());
  }
}
