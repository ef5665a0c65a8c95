package io.cordon.web.cab;

import io.cordon.evidence.EvidenceType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What went other than it was approved, or than it should. */
final class Deviations {
  private Deviations() {}

  /**
   * One of them.
   *
   * @param code key of its sentence in messages.properties under {@code cab.deviation}
   */
  record Deviation(String code, long seq, Instant at) {}

  static List<Deviation> in(List<Fact> facts) {
    List<Deviation> found = new ArrayList<>();
    for (Fact fact : facts) {
      switch (fact.type()) {
        case ACTION_DEVIATION, ACTION_UNRESOLVED, ACTION_FOUND_LATE, OUT_OF_BAND_ACTION, NOTIFY_FAILED, ISOLATION_EXTENDED, APPROVAL_EXPIRED ->
            found.add(new Deviation(fact.type().name(), fact.seq(), fact.at()));
        case DECISION_REFUSED -> found.add(new Deviation("DECISION_REFUSED", fact.seq(), fact.at()));
        case ACTION_SENT -> outside(fact, facts).ifPresent(found::add);
        case RELEASE_RESULT -> {
          if (!"SUCCEEDED".equals(fact.text("result"))) {
            found.add(new Deviation("RELEASE_FAILED", fact.seq(), fact.at()));
          }
        }
        default -> { }
      }
    }
    return found;
  }

  /** An isolation, never a release, that was taken outside the window it was approved for. */
  private static Optional<Deviation> outside(Fact sent, List<Fact> facts) {
    Optional<Fact> intent = facts.stream()
        .filter(fact -> fact.is(EvidenceType.ACTION_INTENT) && fact.text("permit").equals(sent.text("permit"))).findFirst();
    Optional<Fact> grant = intent.flatMap(found -> facts.stream()
        .filter(fact -> fact.is(EvidenceType.APPROVAL_GRANTED) && fact.text("approval").equals(found.text("approval"))).findFirst());
    return grant
        .filter(fact -> fact.time("windowFrom") != null && fact.time("windowTo") != null)
        .filter(fact -> sent.at().isBefore(fact.time("windowFrom")) || sent.at().isAfter(fact.time("windowTo")))
        .map(fact -> new Deviation("OUTSIDE_WINDOW", sent.seq(), sent.at()));
  }
}
