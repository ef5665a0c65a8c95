package io.cordon.assets.register;

import java.time.Instant;
import java.util.List;

/**
 * A change of safety fields and what became of it.
 *
 * @param state PROPOSED, APPROVED, REJECTED or STALE
 * @param proposedBy object id of who proposed it
 * @param decidedBy object id of who approved or rejected it, or null
 */
public record RegisterChange(
    String id, String state, String proposedTid, String proposedBy, Instant proposedAt, String decidedBy, Instant decidedAt, List<FieldChange> lines) {
  public RegisterChange {
    lines = List.copyOf(lines);
  }
}
