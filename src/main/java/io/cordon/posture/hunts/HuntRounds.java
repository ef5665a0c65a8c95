package io.cordon.posture.hunts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceRef;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.azure.HuntFailed;
import io.cordon.platform.azure.Hunting;
import io.cordon.platform.database.Claims;
import io.cordon.platform.sealed.SealedStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the hunts that are due, one at a time, beside whatever the cases do: no case waits for one, and none fails with it. A
 * quota that is used up is waited for; whatever else goes wrong is tried five times. The end of each is evidence.
 */
public class HuntRounds {
  private static final Logger LOG = LoggerFactory.getLogger(HuntRounds.class);
  private static final int TRIES = 5;
  private static final Duration AGAIN = Duration.ofMinutes(5);
  /** As long as the span over which Graph shares out computing time. */
  private static final Duration QUOTA = Duration.ofMinutes(15);
  /** What asks for more patience than this does not mean it. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  /** Even one whose quota never frees up ends. */
  private static final Duration LONGEST = Duration.ofDays(2);

  private final ActionHunts hunts;
  private final Claims claims;
  private final Hunting graph;
  private final SealedStore sealed;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;
  private final MeterRegistry meters;
  private final Clock clock;

  HuntRounds(
      ActionHunts hunts, Claims claims, Hunting graph, SealedStore sealed, EvidenceLog evidence, TransactionTemplate transaction, MeterRegistry meters, Clock clock) {
    this.hunts = hunts;
    this.claims = claims;
    this.graph = graph;
    this.sealed = sealed;
    this.evidence = evidence;
    this.transaction = transaction;
    this.meters = meters;
    this.clock = clock;
  }

  /** Makes one hunt if one is due and no other node makes it; returns whether there was one. */
  public boolean runDue() {
    return claims.takeNext().map(this::make).isPresent();
  }

  private Claims.Claim make(Claims.Claim claim) {
    ActionHunts.Due due = hunts.find(claim.key());
    try {
      List<ObjectNode> counts = graph.run(due.hunt().countQuery(due.mdeDeviceId(), due.fromAt(), due.toAt()), due.fromAt(), due.toAt());
      Map<String, Object> counted = due.hunt().counted(counts);
      boolean any = counted.values().stream().anyMatch(count -> (Long) count > 0);
      List<ObjectNode> rows =
          any ? graph.run(due.hunt().rowQuery(due.mdeDeviceId(), due.fromAt(), due.toAt()), due.fromAt(), due.toAt()) : List.of();
      transaction.executeWithoutResult(status -> found(due, counted, rows));
    } catch (HuntFailed e) {
      transaction.executeWithoutResult(status -> failed(claim, due, e));
    } catch (RuntimeException e) {
      // what nobody foresaw must not be done again every second
      transaction.executeWithoutResult(status -> again(claim, due, "UNEXPECTED", AGAIN));
      LOG.warn("a hunt failed unexpectedly ({}); it is made again", e.getClass().getSimpleName());
    }
    return claim;
  }

  private void found(ActionHunts.Due due, Map<String, Object> counted, List<ObjectNode> rows) {
    if (hunts.end(due.id(), "COUNTED")) {
      List<EvidenceRef> refs = rows.isEmpty() ? List.of() : List.of(new EvidenceRef("hunt-rows", seal(due, rows), true));
      record(due, "COUNTED", counted, refs);
    }
  }

  /** Rows hold paths, command lines and addresses, which may be anything. */
  private String seal(ActionHunts.Due due, List<ObjectNode> rows) {
    return sealed.seal(due.caseId(), "hunt-rows", rows.toString().getBytes(StandardCharsets.UTF_8)).sha256();
  }

  private void failed(Claims.Claim claim, ActionHunts.Due due, HuntFailed failure) {
    if (failure.isNotPermitted()) {
      if (hunts.endPeriod(due, "NOT_PERMITTED")) {
        record(due, "NOT_PERMITTED", Map.of(), List.of());
      }
    } else if (failure.isThrottled() && clock.instant().isBefore(due.toAt().plus(LONGEST))) {
      // the quota is the tenant's, not this hunt's
      Instant freed = clock.instant().plus(wait(failure, QUOTA));
      claims.giveBack(claim, freed);
      hunts.putOff(freed);
    } else if (failure.isNotUnderstood() || failure.isThrottled()) {
      giveUp(due, failure.code());
    } else {
      again(claim, due, failure.code(), wait(failure, AGAIN));
    }
  }

  private static Duration wait(HuntFailed failure, Duration usual) {
    return failure.retryAfter().filter(asked -> asked.compareTo(LONGEST_WAIT) < 0).orElse(usual);
  }

  private void again(Claims.Claim claim, ActionHunts.Due due, String code, Duration wait) {
    if (due.failures() + 1 >= TRIES) {
      giveUp(due, code);
    } else {
      hunts.countFailure(due.id());
      Instant next = clock.instant().plus(wait);
      claims.giveBack(claim, next);
    }
  }

  private void giveUp(ActionHunts.Due due, String code) {
    if (hunts.end(due.id(), "FAILED")) {
      record(due, "FAILED", Map.of("reason", code), List.of());
    }
  }

  private void record(ActionHunts.Due due, String outcome, Map<String, Object> more, List<EvidenceRef> refs) {
    Map<String, Object> facts = new HashMap<>(more);
    facts.put("permit", due.permitId());
    facts.put("outcome", outcome);
    facts.put("period", due.period());
    if (!"NOT_PERMITTED".equals(outcome)) {
      facts.putAll(Map.of("hunt", due.hunt().name(), "from", due.fromAt().toString(), "to", due.toAt().toString()));
    }
    evidence.append(new EvidenceEvent(EvidenceType.HUNT_RECORDED, due.caseId(), null, facts, refs));
    meters.counter("cordon.hunts", "outcome", outcome).increment();
  }
}
