package io.cordon.evidence;

/**
 * Who did it: Entra tenant id, object id and the role used. Never a name or an e-mail address.
 *
 * @throws IllegalArgumentException if a part is missing or blank
 */
public record EvidenceActor(String tid, String oid, String role) {
  public EvidenceActor {
    for (String part : new String[] {tid, oid, role}) {
      if (part == null || part.isBlank()) {
        throw new IllegalArgumentException("an actor needs tid, oid and role");
      }
    }
  }
}
