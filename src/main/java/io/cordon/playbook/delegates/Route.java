package io.cordon.playbook.delegates;

import io.cordon.gate.Plan;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a case goes. The table proposes; anything but exactly one readable answer is the strictest route.
 *
 * @param launch whether the playbook starts by itself; else the SOC decides
 * @param release BY_PLAN when the machine may come back at its time without anybody; else BY_HAND
 */
record Route(String route, boolean launch, String assurance, int answerMinutes, int maxIsolationHours, String release) {
  static final Route STRICTEST = new Route("CLINICAL_AND_SECURITY", false, "STEP_UP", 15, 4, Plan.BY_HAND);
  private static final Set<String> KNOWN = Set.of("CLINICAL_APPROVAL", "CLINICAL_AND_SECURITY", "FORBIDDEN");

  /** Reads what the table answered. */
  static Route of(List<Map<String, Object>> hits) {
    if (hits.size() != 1) {
      return STRICTEST;
    }
    Map<String, Object> hit = hits.get(0);
    if (!(hit.get("route") instanceof String route)
        || !KNOWN.contains(route)
        || !(hit.get("launch") instanceof Boolean launch)
        || !(hit.get("assurance") instanceof String assurance)
        || !(hit.get("answerMinutes") instanceof Number minutes)
        || !(hit.get("maxIsolationHours") instanceof Number hours)
        || !(hit.get("release") instanceof String release)) {
      return STRICTEST;
    }
    return new Route(route, launch, assurance, minutes.intValue(), hours.intValue(), Plan.BY_PLAN.equals(release) ? release : Plan.BY_HAND);
  }
}
