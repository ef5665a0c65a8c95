package io.cordon.alerts;

import io.cordon.platform.sealed.SealedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The front door: every alert ends in exactly one case, or is recorded as duplicate or quarantined. Alert, case, start
 * of the playbook and evidence commit together; what many callers bring at one time is taken together where it can be.
 */
public class AlertIntake {
  /** Bytes of the largest body that is taken. */
  public static final int LARGEST_BODY = AlertParser.LARGEST_BODY;

  private static final Logger LOG = LoggerFactory.getLogger(AlertIntake.class);
  /** While one group waits for the database, the next is made; more would only wait for the same machines. */
  private static final int GROUPS_AT_ONCE = 2;
  /** Bytes of alerts, so that a group holds its locks for milliseconds. */
  private static final int LARGEST_GROUP = 1 << 20;

  private final AlertParser parser = new AlertParser();
  private final IntakeTurn turn;
  private final Quarantine quarantine;
  private final SealedStore sealed;
  private final TransactionTemplate transaction;
  private final Combiner<List<Arrival>> combiner = new Combiner<>(GROUPS_AT_ONCE, LARGEST_GROUP, Arrival::weight, this::together);

  AlertIntake(IntakeTurn turn, Quarantine quarantine, SealedStore sealed, TransactionTemplate transaction) {
    this.turn = turn;
    this.quarantine = quarantine;
    this.sealed = sealed;
    this.transaction = transaction;
  }

  /**
   * Takes a body of one or many alerts and says what became of each, in their order.
   *
   * @throws UnreadableAlertException when the body as a whole cannot be taken; then nothing of it was
   * @throws RuntimeException what an alert failed with; those before it are taken
   */
  public List<IntakeResult> take(byte[] body) {
    return take(parser.split(body), turn::alone);
  }

  /** Keeps what could not be taken as an alert: sealed and quarantined for a reason, which is a code. */
  public IntakeResult setAside(byte[] raw, String reason) {
    return setAside(Optional.empty(), raw, reason);
  }

  private List<IntakeResult> take(List<AlertShapes.Found> found, Consumer<Arrival> alone) {
    List<IntakeResult> results = new ArrayList<>();
    List<Arrival> some = new ArrayList<>();
    for (AlertShapes.Found one : found) {
      some.add(arrival(one));
      if (Arrival.weight(some) >= LARGEST_GROUP) {
        results.addAll(answers(some, alone));
        some.clear();
      }
    }
    results.addAll(answers(some, alone));
    return results;
  }

  private Arrival arrival(AlertShapes.Found found) {
    byte[] raw = parser.raw(found.json());
    Optional<String> id = AlertReaders.id(found);
    if (id.isEmpty()) {
      return Arrival.answered(setAside(id, raw, found.shape() == AlertShapes.Shape.UNKNOWN ? "SHAPE_UNKNOWN" : "SYSTEM_ALERT_ID_MISSING"));
    }
    try {
      return new Arrival(parser.read(id.get(), found, raw), sealed.fingerprint(raw));
    } catch (EntityGraph.UnreadableEntities e) {
      return Arrival.answered(setAside(id, raw, "ENTITIES_UNREADABLE"));
    }
  }

  private IntakeResult setAside(Optional<String> id, byte[] raw, String reason) {
    return transaction.execute(status -> quarantine.take(id, raw, reason));
  }

  private List<IntakeResult> answers(List<Arrival> some, Consumer<Arrival> alone) {
    List<Arrival> open = unanswered(some);
    while (!open.isEmpty()) {
      combiner.run(open);
      unanswered(open).stream().filter(arrival -> !arrival.waitsForAnother()).forEach(alone);
      open = unanswered(open);
    }
    return some.stream().map(Arrival::result).toList();
  }

  private static List<Arrival> unanswered(List<Arrival> some) {
    return some.stream().filter(arrival -> arrival.result() == null).toList();
  }

  private void together(List<List<Arrival>> callers) {
    List<Arrival> group = callers.stream().flatMap(List::stream).toList();
    try {
      turn.together(group);
    } catch (RuntimeException e) {
      // one of them spoiled it, or somebody holds a lock; by itself each takes its own time and has its own failure
      group.forEach(arrival -> arrival.waitForAnother(false));
      LOG.info("{} alerts could not be taken together ({}), each is taken by itself", group.size(), e.getClass().getSimpleName());
    }
  }
}
