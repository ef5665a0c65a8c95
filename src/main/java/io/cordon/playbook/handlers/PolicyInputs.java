package io.cordon.playbook.handlers;

import io.cordon.assets.Capability;
import io.cordon.assets.register.EffectiveFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the policy looks at: facts about the machine, what can be done to it, and how severe its alert is. */
record PolicyInputs(EffectiveFacts facts, Capability capability, String severity) {
  private static final List<String> SEVERITIES = List.of("High", "Medium", "Low", "Informational");

  PolicyInputs {
    severity = severity != null && SEVERITIES.contains(severity) ? severity : "UNKNOWN";
  }

  Map<String, Object> asVariables() {
    return new HashMap<>(
        Map.of(
            "system", facts.system(),
            "env", facts.env(),
            "containsPhi", facts.containsPhi(),
            "severity", severity,
            "neverIsolate", facts.neverIsolate(),
            "egress", facts.egress(),
            "capability", capability.name()));
  }
}
