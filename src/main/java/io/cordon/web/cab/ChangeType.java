package io.cordon.web.cab;

import io.cordon.evidence.EvidenceType;
import java.util.List;

/** What kind of change a case was, set by rule and by nobody's choice. */
enum ChangeType {
  /** Nothing was changed: no action was ever prepared. */
  NONE,
  /** Under a standing rule, without a question. */
  STANDARD,
  /** Asked for and approved before it was done. */
  NORMAL,
  /** By two leads at once, reviewed afterwards. */
  EMERGENCY;

  static ChangeType of(List<Fact> facts) {
    if (facts.stream().anyMatch(fact -> fact.is(EvidenceType.BREAK_GLASS))) {
      return EMERGENCY;
    }
    if (facts.stream().noneMatch(fact -> fact.is(EvidenceType.ACTION_INTENT))) {
      return NONE;
    }
    boolean byPeople = facts.stream().anyMatch(fact -> fact.is(EvidenceType.APPROVAL_GRANTED) && !fact.oid().isEmpty());
    return byPeople ? NORMAL : STANDARD;
  }
}
