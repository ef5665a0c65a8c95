package io.cordon.gate.clearance;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.ids.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks the clinical feed about a plan's machines and keeps what it said. Outside calls: never in a transaction. */
public class ClinicalClearance {
  private final ClearanceBook book;
  private final Optional<ClinicalFeed> feed;
  private final FeedPlace place;
  private final EvidenceLog evidence;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Ids ids;
  private final TransactionTemplate transaction;

  ClinicalClearance(
      ClearanceBook book,
      Optional<ClinicalFeed> feed,
      FeedPlace place,
      EvidenceLog evidence,
      MeterRegistry meters,
      Clock clock,
      TransactionTemplate transaction) {
    this.book = book;
    this.feed = feed;
    this.place = place;
    this.evidence = evidence;
    this.meters = meters;
    this.clock = clock;
    this.ids = new Ids(clock);
    this.transaction = transaction;
  }

  /** Whether there is anybody to ask. */
  public boolean hasFeed() {
    return feed.isPresent();
  }

  /** What was last said about a plan's machines. */
  public Optional<ClearanceCheck> newest(String planId) {
    return book.newest(planId);
  }

  /** What was said once. */
  public Optional<ClearanceCheck> find(String id) {
    return book.find(id);
  }

  /** Asks now, and keeps it; in the log when it is not as it was. */
  public ClearanceCheck check(String planId) {
    return keep(planId, look(planId), false);
  }

  /** Asks right before acting: once more when there was no answer, and in the log in any case. */
  public ClearanceCheck checkBeforeActing(String planId) {
    ClinicalFeed.Found found = look(planId);
    boolean lost = found.reason() == ClearanceReason.FEED_AWAY || found.reason() == ClearanceReason.FEED_UNREADABLE;
    return keep(planId, lost ? look(planId) : found, true);
  }

  private ClinicalFeed.Found look(String planId) {
    List<Target> targets = book.targets(planId);
    ClinicalFeed.Found found = place.objection(feed.isPresent(), targets).map(ClinicalClearance::unknown).orElseGet(() -> ask(targets));
    meters.counter("cordon.clearance.checks", "result", found.result().name(), "reason", found.reason().name()).increment();
    return found;
  }

  /** Somebody at one machine's place is somebody, though another machine's place is not known. */
  private ClinicalFeed.Found ask(List<Target> targets) {
    TreeSet<String> locations = new TreeSet<>();
    targets.forEach(target -> locations.addAll(target.locations()));
    if (locations.isEmpty()) {
      return unknown(ClearanceReason.NO_LOCATIONS);
    }
    ClinicalFeed.Found found = feed.orElseThrow().look(locations, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    boolean allKnown = targets.stream().noneMatch(target -> target.locations().isEmpty());
    return allKnown || found.result() != Clearance.CLEAR
        ? found
        : new ClinicalFeed.Found(Clearance.UNKNOWN, ClearanceReason.NO_LOCATIONS, found.some());
  }

  private static ClinicalFeed.Found unknown(ClearanceReason reason) {
    return new ClinicalFeed.Found(Clearance.UNKNOWN, reason, Map.of());
  }

  private ClearanceCheck keep(String planId, ClinicalFeed.Found found, boolean beforeActing) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return transaction.execute(status -> {
      Optional<ClearanceCheck> before =
          book.newest(planId).filter(last -> last.result() == found.result() && last.reason() == found.reason());
      ClearanceCheck check =
          before
              .map(last -> new ClearanceCheck(last.id(), planId, last.result(), last.reason(), last.since(), now))
              .orElseGet(() -> new ClearanceCheck(ids.next("k"), planId, found.result(), found.reason(), now, now));
      if (before.isPresent()) {
        book.stillSo(check.id(), now);
      } else {
        book.insert(check);
      }
      if (before.isEmpty() || beforeActing) {
        record(check, found, beforeActing);
      }
      return check;
    });
  }

  private void record(ClearanceCheck check, ClinicalFeed.Found found, boolean beforeActing) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("check", check.id());
    facts.put("plan", check.planId());
    facts.put("clearance", check.result().name());
    facts.put("reason", check.reason().name());
    facts.put("readAt", check.checkedAt().toString());
    facts.put("validUntil", check.checkedAt().plus(ClearanceCheck.VALID).toString());
    facts.put("beforeActing", beforeActing);
    found.some().forEach((kind, some) -> facts.put(kind.word(), some ? "SOME" : "NONE"));
    evidence.append(EvidenceEvent.ofCase(EvidenceType.CLEARANCE_CHECKED, book.caseOf(check.planId()), null, facts));
  }
}
