package io.cordon.gate.windows;

import java.util.Set;

/**
 * One entry of the maintenance calendar, as far as Cordon may know it: when, and which of our own words it is filed under.
 * Never a subject, a text, a place or a person.
 *
 * @param key tells entries apart: a hash over the calendar's own id and the start
 * @param blackout whether nothing may start in it; else it offers a window
 * @param services the clinical services it is for; empty for all
 */
public record CalendarEntry(String key, TimeSpan span, boolean blackout, Set<String> services) {
  public CalendarEntry {
    services = Set.copyOf(services);
  }

  boolean concerns(String clinicalService) {
    return services.isEmpty() || services.contains(clinicalService);
  }
}
