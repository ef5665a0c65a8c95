package io.cordon.alerts;

import io.cordon.alerts.IntakeResult.Disposition;
import io.cordon.platform.database.Again;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds the case of each alert and writes all of it down, one transaction a group. What only adds an alert to what is
 * there is done for many together; whatever opens or changes a case, or concerns its playbook, has a transaction of its
 * own. An alert by itself is a group of one, so there is one set of rules.
 */
final class IntakeTurn {
  /** Others wait behind a group. Shorter than the second after which PostgreSQL looks for deadlocks. */
  private static final Duration PATIENCE_OF_A_GROUP = Duration.ofMillis(500);

  private final NameLocks locks;
  private final AlertBook alerts;
  private final CaseBook cases;
  private final IntakeRecord record;
  private final PlaybookStarter playbooks;
  private final TransactionTemplate transaction;

  IntakeTurn(
      NameLocks locks, AlertBook alerts, CaseBook cases, IntakeRecord record, PlaybookStarter playbooks, TransactionTemplate transaction) {
    this.locks = locks;
    this.alerts = alerts;
    this.cases = cases;
    this.record = record;
    this.playbooks = playbooks;
    this.transaction = transaction;
  }

  /**
   * Answers what can be taken together. The others are left without an answer: those that need a transaction of their
   * own, those that wait for one of these, and, when it fails, all.
   */
  void together(List<Arrival> group) {
    List<Arrival> rest = new ArrayList<>();
    answer(duplicatesIn(group, rest));
    if (!rest.isEmpty()) {
      answer(transaction.execute(status -> {
        locks.lockForIntake(names(rest), PATIENCE_OF_A_GROUP);
        return take(rest);
      }));
    }
  }

  /** Answers one alert, however long that takes, or fails. */
  void alone(Arrival arrival) {
    List<Arrival> one = List.of(arrival);
    answer(Again.transaction(transaction, () -> {
      locks.lockForIntake(names(one), Duration.ZERO);
      return take(one);
    }));
  }

  private static void answer(List<Placed> committed) {
    committed.forEach(placed -> placed.arrival().answer(placed.result()));
  }

  private static Set<String> names(List<Arrival> arrivals) {
    return arrivals.stream().flatMap(arrival -> arrival.names().stream()).collect(Collectors.toSet());
  }

  /** What was taken before stays taken: a copy needs no turn, and its entry is the only thing to write. */
  private List<Placed> duplicatesIn(List<Arrival> group, List<Arrival> rest) {
    List<String> caseIds = alerts.casesOfDuplicates(group);
    List<Placed> duplicates = new ArrayList<>();
    Set<String> earlier = new HashSet<>();
    for (int i = 0; i < group.size(); i++) {
      Arrival arrival = group.get(i);
      if (waits(arrival, earlier)) {
        earlier.addAll(arrival.names());
      } else if (caseIds.get(i) != null) {
        duplicates.add(new Placed(arrival, Disposition.DUPLICATE, caseIds.get(i), false));
      } else {
        rest.add(arrival);
        earlier.addAll(arrival.ids());
      }
    }
    if (!duplicates.isEmpty()) {
      record.write(duplicates);
    }
    return duplicates;
  }

  private static boolean waits(Arrival arrival, Set<String> earlier) {
    boolean waits = !Collections.disjoint(earlier, arrival.names());
    arrival.waitForAnother(waits);
    return waits;
  }

  private List<Placed> take(List<Arrival> arrivals) {
    List<KnownAlert> known = alerts.look(arrivals);
    Map<String, LockedCase> locked = cases.lock(casesIn(known), playbooks::working);
    List<Placed> taken = new ArrayList<>();
    Set<String> earlier = new HashSet<>();
    for (int i = 0; i < arrivals.size(); i++) {
      Arrival arrival = arrivals.get(i);
      Placement placement = Placement.of(arrival.alert(), known.get(i), locked);
      if (arrivals.size() == 1) {
        taken.add(place(arrival, placement));
      } else if (waits(arrival, earlier) || !placement.isQuiet(arrival.alert(), known.get(i))) {
        earlier.addAll(arrival.names());
      } else {
        taken.add(new Placed(arrival, placement.disposition(), placement.caseId(), false));
      }
    }
    if (!taken.isEmpty()) {
      record.write(taken);
    }
    if (arrivals.size() == 1) {
      follow(taken.get(0));
    }
    return taken;
  }

  private static Set<String> casesIn(List<KnownAlert> known) {
    Set<String> ids = new TreeSet<>();
    for (KnownAlert one : known) {
      if (one.known() != null) {
        ids.add(one.known());
      }
      if (one.home() != null) {
        ids.add(one.home());
      }
    }
    return ids;
  }

  private Placed place(Arrival arrival, Placement placement) {
    placement.over().forEach(cases::giveUpMachine);
    boolean graver = placement.joins() != null && cases.add(placement.joins(), arrival.alert(), placement.known());
    String caseId = placement.caseId() == null ? cases.open(arrival.alert()) : placement.caseId();
    return new Placed(arrival, placement.disposition(), caseId, graver);
  }

  private void follow(Placed placed) {
    boolean falsePositive = placed.alert().falsePositive() && !placed.isDuplicate();
    boolean opened = placed.disposition() == Disposition.OPENED;
    if (falsePositive && opened) {
      cases.close(placed.caseId(), "FALSE_POSITIVE");
      record.closedAsFalse(placed.caseId());
    } else if (opened) {
      playbooks.caseOpened(placed.caseId());
    } else if (falsePositive && alerts.onlyFalsePositives(placed.caseId())) {
      playbooks.falsePositive(placed.caseId());
    } else if (placed.graver()) {
      playbooks.graver(placed.caseId());
    }
  }
}
