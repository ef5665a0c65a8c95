package io.cordon.containment.watch;

import io.cordon.containment.mde.ListedActions;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.mde.MdeClient;
import io.cordon.containment.mde.MdeException;
import io.cordon.containment.mde.MdeThrottled;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks Defender for everybody's isolations and releases, one list for all machines, and records those no permit stands
 * behind. A pass begins a while before the last one began, since actions become visible late; what is not final is asked for
 * by its id, a few in each pass, since the list can be filtered by when an action was made only (contract mde, section 3.1).
 * Nothing that one action does holds up the others.
 */
public class ActionWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ActionWatch.class);
  private static final Duration OVERLAP = Duration.ofMinutes(15);
  /** As long as Defender keeps an action for a machine that is offline. */
  private static final Duration LOOK_BACK = Duration.ofDays(3);
  /** An action that Defender does not know any more by then never will be final. */
  private static final Duration FORGOTTEN = Duration.ofDays(4);
  /** How long a machine that counts as isolated is left alone between two looks. */
  private static final Duration STANDING_AGAIN = Duration.ofMinutes(5);
  /** Of the hundred calls a minute that isolations and releases share. */
  private static final int AT_ONCE = 10;
  private static final Map<String, String> WORDS = Map.of(MachineAction.ISOLATE, OutOfBandAction.ISOLATE, MachineAction.UNISOLATE, OutOfBandAction.UNISOLATE);

  private final MdeClient mde;
  private final WatchTurn turn;
  private final OutOfBandActions actions;
  private final MachineCases cases;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Duration interval;
  private volatile Instant throttledUntil = Instant.MIN;

  ActionWatch(
      MdeClient mde,
      WatchTurn turn,
      OutOfBandActions actions,
      MachineCases cases,
      EvidenceLog evidence,
      TransactionTemplate transaction,
      MeterRegistry meters,
      Clock clock,
      Duration interval) {
    this.mde = mde;
    this.turn = turn;
    this.actions = actions;
    this.cases = cases;
    this.evidence = evidence;
    this.transaction = transaction;
    this.meters = meters;
    this.clock = clock;
    this.interval = interval;
  }

  /** Asks once if it is time and no other node does; returns how many actions were new or had come further. */
  public int runDue() {
    return turn.take(LOOK_BACK).map(this::pass).orElse(0);
  }

  private int pass(WatchTurn.Claim claim) {
    Instant began = clock.instant();
    try {
      ListedActions made = mde.isolationsSince(claim.watermark().minus(OVERLAP));
      reportUnreadable(made.unreadable());
      // releases first, so that what is over already opens no case
      Stream<MachineAction> all =
          Stream.concat(made.actions().stream(), further().stream()).sorted(Comparator.comparing(action -> MachineAction.ISOLATE.equals(action.type())));
      return noticed(all.filter(this::isElsewhere).toList(), claim, began);
    } catch (MdeException e) {
      Duration wait = e instanceof MdeThrottled throttled && throttled.retryAfter().compareTo(interval) > 0 ? throttled.retryAfter() : interval;
      turn.failed(claim, clock.instant().plus(wait));
      meters.counter("cordon.mde.watch.failures").increment();
      LOG.warn("Defender's actions could not be read ({}); again in {} s", e.getMessage(), wait.toSeconds());
      return 0;
    }
  }

  private void reportUnreadable(int rows) {
    if (rows > 0) {
      meters.counter("cordon.mde.watch.unreadable").increment(rows);
      LOG.warn("Defender listed {} isolations or releases that could not be read; somebody has to look in its Action center", rows);
    }
  }

  /** What became of those that were not final; one that cannot be read waits for its next turn. */
  private List<MachineAction> further() {
    List<MachineAction> found = new ArrayList<>();
    for (OutOfBandAction pending : actions.pending(AT_ONCE)) {
      try {
        mde.action(pending.mdeActionId()).ifPresentOrElse(found::add, () -> forget(pending));
      } catch (MdeThrottled e) {
        return found;
      } catch (RuntimeException e) {
        meters.counter("cordon.mde.watch.failures").increment();
        LOG.warn("a pending action past Cordon could not be looked at ({}); again when it is its turn", e.getClass().getSimpleName());
      }
      actions.looked(pending.mdeActionId());
    }
    return found;
  }

  /** Whether it was done will never be known from Defender: an isolation counts as standing until a person settles it. */
  private void forget(OutOfBandAction pending) {
    if (pending.made().isBefore(clock.instant().minus(FORGOTTEN))) {
      take(pending.with("UNRESOLVED", pending.caseId(), clock.instant()), clock.instant());
    }
  }

  /** One that cannot be taken holds up none of the others, and is asked for again. */
  private int noticed(List<MachineAction> elsewhere, WatchTurn.Claim claim, Instant began) {
    int noticed = 0;
    int failed = 0;
    for (MachineAction action : elsewhere) {
      try {
        noticed += notice(action) ? 1 : 0;
      } catch (RuntimeException e) {
        failed++;
        meters.counter("cordon.mde.watch.failures").increment();
        LOG.warn("an action past Cordon could not be taken ({}); again in {} s", e.getClass().getSimpleName(), interval.toSeconds());
      }
    }
    if (failed == 0) {
      turn.done(claim, began, clock.instant().plus(interval));
    } else {
      turn.failed(claim, clock.instant().plus(interval));
    }
    return noticed;
  }

  private boolean isElsewhere(MachineAction action) {
    String token = action.comment() == null ? "" : action.comment().split(" ", 2)[0];
    return WORDS.containsKey(action.type()) && !actions.isOurs(action.id(), action.machineId(), token);
  }

  /**
   * Looks at one machine that counts as isolated, each once in a while: a release in the portal ends it also where nobody asks for
   * everybody's actions, and as long as it stands it has an open case. One at a time, since reading open actions before an
   * isolation takes from the same quota. Returns how many were looked at.
   */
  public int lookAtStanding() {
    Instant now = clock.instant();
    Optional<OutOfBandAction> due = now.isBefore(throttledUntil) ? Optional.empty() : actions.takeStanding(now.minus(STANDING_AGAIN));
    due.ifPresent(this::lookAgain);
    return due.isPresent() ? 1 : 0;
  }

  private void lookAgain(OutOfBandAction isolation) {
    try {
      mde.actionsOf(isolation.mdeDeviceId(), isolation.made().minus(OVERLAP)).stream()
          .filter(action -> action.id().equals(isolation.mdeActionId()) || MachineAction.UNISOLATE.equals(action.type()) && isElsewhere(action))
          .forEach(this::notice);
      actions.find(isolation.mdeActionId()).ifPresent(this::giveOwner);
    } catch (MdeThrottled e) {
      throttledUntil = clock.instant().plus(e.retryAfter());
    } catch (RuntimeException e) {
      meters.counter("cordon.mde.watch.failures").increment();
      LOG.warn("a machine isolated past Cordon could not be looked at ({}); again in {} s", e.getClass().getSimpleName(), STANDING_AGAIN.toSeconds());
    }
  }

  /** A case may have closed at the very moment in which the isolation was noticed or ran. */
  private void giveOwner(OutOfBandAction isolation) {
    if (!actions.stands(isolation.mdeActionId()) || isolation.caseId() != null && cases.isOpen(isolation.caseId())) {
      return;
    }
    String owner = cases.openCaseOf(isolation.mdeDeviceId()).orElseGet(() -> cases.openCaseFor(again(isolation.mdeActionId()), isolation.mdeDeviceId()));
    transaction.executeWithoutResult(status -> {
      if (actions.give(isolation, owner)) {
        prove(isolation.with(isolation.state(), owner, clock.instant()));
      }
    });
  }

  /** The action as another alert, since its first case is over. */
  private String again(String mdeActionId) {
    return mdeActionId + "." + clock.instant().getEpochSecond();
  }

  /** Writes an action down that has no owner in Cordon, and gives it one; returns whether that is new. */
  public boolean notice(MachineAction action) {
    String caseId = caseOf(action);
    return take(
        new OutOfBandAction(action.id(), action.machineId(), WORDS.get(action.type()), action.outcome(), caseId, action.created(), clock.instant(), false),
        action.lastUpdate());
  }

  private boolean take(OutOfBandAction noticed, Instant ended) {
    boolean isNew = Boolean.TRUE.equals(transaction.execute(status -> actions.record(noticed, ended) && prove(noticed)));
    if (isNew) {
      meters.counter("cordon.mde.out.of.band", "action", noticed.action(), "state", noticed.state()).increment();
      LOG.warn("an action past Cordon: {} {}", noticed.action(), noticed.state());
    }
    return isNew;
  }

  /** A machine that is off the network needs somebody who brings it back: without a case it gets one now. Null when it needs none. */
  private String caseOf(MachineAction action) {
    String machine = action.machineId();
    Optional<OutOfBandAction> known = actions.find(action.id());
    Optional<String> before = known.map(OutOfBandAction::caseId);
    return before.filter(cases::isOpen)
        .or(() -> cases.openCaseOf(machine))
        .or(() -> isNews(action, known) && isStanding(action)
            ? Optional.of(cases.openCaseFor(before.isPresent() ? again(action.id()) : action.id(), machine)) : Optional.empty())
        .or(() -> before)
        .orElse(null);
  }

  private static boolean isNews(MachineAction action, Optional<OutOfBandAction> known) {
    return known.filter(before -> before.state().equals(action.outcome())).isEmpty();
  }

  private boolean isStanding(MachineAction action) {
    if (!MachineAction.ISOLATE.equals(action.type())) {
      return false;
    }
    Instant ended = Stream.of(action.lastUpdate(), action.created()).filter(Objects::nonNull).findFirst().orElse(clock.instant());
    return switch (action.outcome()) {
      case "PENDING" -> true;
      case "SUCCEEDED" -> !actions.isReleasedSince(action.machineId(), ended);
      default -> false;
    };
  }

  private boolean prove(OutOfBandAction noticed) {
    Map<String, Object> facts =
        Map.of("mdeAction", noticed.mdeActionId(), "action", noticed.action(), "machine", noticed.mdeDeviceId(), "state", noticed.state(),
            "seenAt", noticed.seenAt().toString());
    evidence.append(new EvidenceEvent(EvidenceType.OUT_OF_BAND_ACTION, noticed.caseId(), null, facts, List.of()));
    if (noticed.caseId() != null && OutOfBandAction.UNISOLATE.equals(noticed.action()) && "SUCCEEDED".equals(noticed.state())) {
      cases.releasedPastCordon(noticed.caseId(), noticed.mdeDeviceId());
    }
    return true;
  }
}
