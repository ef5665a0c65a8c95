package io.cordon.assets.register;

import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.platform.sealed.SealedStore;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the log says about the register: ids and codes as they are, typed text only as a keyed fingerprint. */
final class RegisterEvidence {
  private final EvidenceLog log;
  private final SealedStore sealed;

  RegisterEvidence(EvidenceLog log, SealedStore sealed) {
    this.log = log;
    this.sealed = sealed;
  }

  /** One entry of the log per field. */
  void changed(List<FieldChange> changes, Person actor, Map<String, Object> also) {
    for (FieldChange change : changes) {
      Map<String, Object> data = new HashMap<>(also);
      data.put("what", "REGISTER");
      data.put("arc", change.arcId());
      data.put("field", change.field().key());
      put(data, "from", change.field(), change.from());
      put(data, "to", change.field(), change.to());
      append(EvidenceType.CONFIG_CHANGED, actor, data);
    }
  }

  /** That somebody's answer to a change was not taken. */
  void refused(String changeId, RegisterOutcome.Refusal refusal, Person actor) {
    append(EvidenceType.DECISION_REFUSED, actor, Map.of("what", "REGISTER", "change", changeId, "refusal", refusal.name()));
  }

  private void append(EvidenceType type, Person actor, Map<String, Object> data) {
    log.append(EvidenceEvent.ofCase(type, null, new EvidenceActor(actor.tid(), actor.oid(), Role.PLATFORM_ADMIN.claim()), data));
  }

  private void put(Map<String, Object> data, String name, RegisterField field, String value) {
    if (value == null) {
      return;
    }
    boolean typed = field.isTyped();
    data.put(typed ? name + "Fingerprint" : name, typed ? sealed.fingerprint(value.getBytes(StandardCharsets.UTF_8)) : value);
  }
}
