package io.cordon.gate.rules;

import java.time.Instant;
import java.util.Set;

/**
 * One version of a rule and what became of it.
 *
 * @param state PROPOSED, LIVE, REPLACED, WITHDRAWN, REJECTED or STALE; a live one still ends when it expires
 * @param sha256 hex, of the stored form
 * @param agreed object ids of those approvers who agreed
 */
public record RuleVersion(
    StandingRule rule, int version, String state, String sha256, String proposedTid, String proposedBy, Instant proposedAt, Set<String> agreed) {
  public RuleVersion {
    agreed = Set.copyOf(agreed);
  }

  /** Whether this person made the rule what it is, and so cannot gain from it. */
  public boolean isBy(String tid, String oid) {
    return proposedTid.equals(tid) && (proposedBy.equals(oid) || rule.approvers().contains(oid));
  }
}
