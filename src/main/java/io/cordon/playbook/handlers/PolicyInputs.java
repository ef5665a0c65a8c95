package io.cordon.playbook.handlers;

import io.cordon.assets.Capability;
import io.cordon.assets.register.EffectiveFacts;
import io.cordon.gate.policy.PolicyInput;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What the policy looks at: facts about the machine, what can be done to it, and what raised its alert. */
record PolicyInputs(EffectiveFacts facts, Capability capability, String severity, String detector) {

  /** One variable for every input, each one of its values. */
  Map<String, Object> asVariables() {
    Map<String, String> said = new HashMap<>(
        Map.of(
            "system", facts.system(),
            "env", facts.env(),
            "containsPhi", facts.containsPhi(),
            "clinicalTier", facts.clinicalTier(),
            "neverIsolate", facts.neverIsolate(),
            "egress", facts.egress(),
            "capability", capability.name(),
            "action", "ISOLATE"));
    said.put("severity", severity);
    said.put("detector", detector == null ? null : detector.toUpperCase(Locale.ROOT).replace(' ', '_'));
    Map<String, Object> variables = new HashMap<>();
    PolicyInput.read(said).forEach((input, value) -> variables.put(input.key(), value));
    return variables;
  }
}
