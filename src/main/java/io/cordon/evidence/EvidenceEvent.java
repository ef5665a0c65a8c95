package io.cordon.evidence;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One thing that happened, before the log gives it a time and a number.
 *
 * @param caseId printable ASCII without spaces, at most 64 characters, or null when no case is concerned
 * @param actor the person or null when the runtime itself acted
 * @param data only members the type lists, with values of their kind; no PHI, no text people typed
 * @throws IllegalArgumentException if any of this does not hold
 */
public record EvidenceEvent(
    EvidenceType type,
    String caseId,
    EvidenceActor actor,
    Map<String, Object> data,
    List<EvidenceRef> refs) {
  private static final Pattern CASE_ID = Pattern.compile("[\\x21-\\x7e]{1,64}");

  public EvidenceEvent {
    Objects.requireNonNull(type, "type");
    if (caseId != null && !CASE_ID.matcher(caseId).matches()) {
      throw new IllegalArgumentException("a case id is short printable ASCII");
    }
    type.check(data);
    data = Map.copyOf(data);
    refs = List.copyOf(refs);
    CanonicalJson.write(data);
  }

  /** An event of the runtime itself that concerns no case. */
  public static EvidenceEvent ofSystem(EvidenceType type, Map<String, Object> data) {
    return new EvidenceEvent(type, null, null, data, List.of());
  }

  /** An event of a case, without references. */
  public static EvidenceEvent ofCase(
      EvidenceType type, String caseId, EvidenceActor actor, Map<String, Object> data) {
    return new EvidenceEvent(type, caseId, actor, data, List.of());
  }
}
