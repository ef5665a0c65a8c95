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
    Signs signs = new Signs();
    facts.forEach(signs::see);
    return signs.type();
  }

  /** What of a case's entries tells its type; they need not be kept. */
  static final class Signs {
    private boolean emergency;
    private boolean acted;
    private boolean byPeople;

    void see(Fact fact) {
      emergency |= fact.is(EvidenceType.BREAK_GLASS);
      acted |= fact.is(EvidenceType.ACTION_INTENT);
      byPeople |= fact.is(EvidenceType.APPROVAL_GRANTED) && !fact.oid().isEmpty();
    }

    boolean isChange() {
      return acted;
    }

    ChangeType type() {
      return emergency ? EMERGENCY : !acted ? NONE : byPeople ? NORMAL : STANDARD;
    }
  }
}
