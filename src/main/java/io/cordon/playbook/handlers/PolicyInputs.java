package io.cordon.playbook.handlers;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the policy table looks at, each value one of a closed list; whatever is missing or strange becomes UNKNOWN before
 * the table sees it (FEEL's {@code not(..)} is true for null).
 */
record PolicyInputs(String system, String env, String containsPhi, String severity, String neverIsolate, String egress) {

  /** Reads a machine's tags and its case's severity. */
  static PolicyInputs of(Map<String, String> tags, String severity) {
    return new PolicyInputs(
        oneOf(tags.get("System"), Set.of("PACS", "FHIR", "EHR")),
        oneOf(tags.get("Env"), Set.of("Prod", "Dev")),
        oneOf(lower(tags.get("ContainsPHI")), Set.of("true", "false")),
        oneOf(severity, Set.of("High", "Medium", "Low", "Informational")),
        oneOf(lower(tags.getOrDefault("NeverIsolate", "false")), Set.of("true", "false")),
        oneOf(upper(tags.get("Egress")), Set.of("DIRECT", "TRANSPARENT", "PROXY")));
  }

  Map<String, Object> asVariables() {
    return Map.of(
        "system", system, "env", env, "containsPhi", containsPhi, "severity", severity, "neverIsolate", neverIsolate, "egress", egress);
  }

  private static String oneOf(String value, Set<String> known) {
    return value != null && known.contains(value) ? value : "UNKNOWN";
  }

  private static String lower(String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private static String upper(String text) {
    return text == null ? null : text.toUpperCase(Locale.ROOT);
  }
}
