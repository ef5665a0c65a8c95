package io.cordon.gate.policy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the policy looks at. Each takes one of a closed list of values; whatever is missing or strange is UNKNOWN before
 * the table sees it, since FEEL's {@code not(..)} is true for null.
 */
public enum PolicyInput {
  CAPABILITY("capability", "FULL", "NONE", "SYSLOG_ONLY"),
  SYSTEM("system", "PACS", "FHIR", "EHR"),
  ENV("env", "Prod", "Dev"),
  CONTAINS_PHI("containsPhi", "true", "false"),
  CLINICAL_TIER("clinicalTier", "1", "2", "3"),
  SEVERITY("severity", "High", "Medium", "Low", "Informational"),
  DETECTOR("detector", "DEFENDER_FOR_ENDPOINT", "DEFENDER_FOR_CLOUD", "SENTINEL_ANALYTICS_RULE"),
  ACTION("action", "ISOLATE", "STOP_PROCESS"),
  NEVER_ISOLATE("neverIsolate", "true", "false"),
  EGRESS("egress", "DIRECT", "TRANSPARENT", "PROXY");

  public static final String UNKNOWN = "UNKNOWN";

  private final String key;
  private final List<String> values;

  PolicyInput(String key, String... known) {
    this.key = key;
    this.values = Stream.concat(Stream.of(known), Stream.of(UNKNOWN)).toList();
  }

  /** Its name in the table and among the variables of a playbook. */
  public String key() {
    return key;
  }

  /** Every value it can have; UNKNOWN is the last. */
  public List<String> domain() {
    return values;
  }

  static Optional<PolicyInput> of(String key) {
    return Stream.of(PolicyInput.values()).filter(input -> input.key.equals(key)).findFirst();
  }

  /** What is said about one machine and its alert: one value for every input, whatever is or is not in the map. */
  public static Map<PolicyInput, String> read(Map<String, ?> said) {
    Map<PolicyInput, String> facts = new EnumMap<>(PolicyInput.class);
    for (PolicyInput input : PolicyInput.values()) {
      Object value = said.get(input.key);
      facts.put(input, value instanceof String text && input.values.contains(text) ? text : UNKNOWN);
    }
    return facts;
  }
}
