package io.cordon.gate.policy;

import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.HashMap;
import java.util.Map;

/** What the log says about the policy: ids, versions, hashes and counts. */
final class PolicyEvidence {
  private final EvidenceLog log;

  PolicyEvidence(EvidenceLog log) {
    this.log = log;
  }

  /** @param person null when it came with the software */
  void changed(String deed, String change, String sha256, Person person, Map<String, Object> more) {
    Map<String, Object> data = new HashMap<>(more);
    data.put("what", "POLICY");
    data.put("deed", deed);
    data.put("change", change);
    data.put("sha256", sha256);
    append(EvidenceType.CONFIG_CHANGED, person, data);
  }

  /** That somebody's answer was not taken. */
  void refused(String change, PolicyOutcome.Refusal refusal, Person person) {
    append(EvidenceType.DECISION_REFUSED, person, Map.of("what", "POLICY", "change", change, "refusal", refusal.name()));
  }

  private void append(EvidenceType type, Person person, Map<String, Object> data) {
    EvidenceActor actor = person == null ? null : new EvidenceActor(person.tid(), person.oid(), Role.PLATFORM_ADMIN.claim());
    log.append(EvidenceEvent.ofCase(type, null, actor, data));
  }
}
