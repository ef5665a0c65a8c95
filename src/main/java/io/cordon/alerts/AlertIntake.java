package io.cordon.alerts;

import io.cordon.platform.database.DatabaseAway;
import io.cordon.platform.sealed.SealedStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
  private final IntakeMeters meters;
  private final Combiner<List<Arrival>> combiner = new Combiner<>(GROUPS_AT_ONCE, LARGEST_GROUP, Arrival::weight, this::together);

  AlertIntake(IntakeTurn turn, Quarantine quarantine, SealedStore sealed, TransactionTemplate transaction, IntakeMeters meters) {
    this.turn = turn;
    this.quarantine = quarantine;
    this.sealed = sealed;
    this.transaction = transaction;
    this.meters = meters;
  }

  /**
   * Takes a body of one or many alerts and says what became of each, in their order.
   *
   * @throws UnreadableAlertException when the body as a whole cannot be taken; then nothing of it was
   * @throws RuntimeException what the first alert failed with, for a reason of ours. All others are taken nevertheless, unless
   *     the database is away; in both cases the same body can be sent again, and what was taken is then a duplicate
   */
  public List<IntakeResult> take(byte[] body) {
    return take(parser.split(body));
  }

  /** The same for alerts one a line: a line that is no JSON is set aside by itself. A body without any JSON is unreadable. */
  public List<IntakeResult> takeLines(byte[] body) {
    return take(parser.splitLines(body));
  }

  /** Keeps what could not be taken as an alert: sealed and quarantined for a reason, which is a code. */
  public IntakeResult setAside(byte[] raw, String reason) {
    return setAside(Optional.empty(), raw, reason);
  }

  private List<IntakeResult> take(List<AlertShapes.Found> found) {
    List<IntakeResult> results = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    List<Arrival> some = new ArrayList<>();
    for (AlertShapes.Found one : found) {
      some.add(arrival(one));
      if (Arrival.weight(some) >= LARGEST_GROUP) {
        settle(some, results, failures);
        some.clear();
      }
    }
    settle(some, results, failures);
    if (!failures.isEmpty()) {
      meters.failed(failures.size());
      LOG.warn("{} of {} alerts of a body failed, the others are taken", failures.size(), found.size());
      throw failures.get(0);
    }
    return results;
  }

  private Arrival arrival(AlertShapes.Found found) {
    try {
      return read(found);
    } catch (RuntimeException e) {
      return Arrival.failed(ofOneAlert(e));
    }
  }

  private Arrival read(AlertShapes.Found found) {
    byte[] raw = parser.raw(found.json());
    Optional<String> id = AlertReaders.id(found).map(this::withoutPatients);
    if (id.isEmpty()) {
      return Arrival.answered(setAside(id, raw, found.shape().whyNoAlert()));
    }
    try {
      return new Arrival(parser.read(id.get(), found, raw), sealed.fingerprint(raw));
    } catch (EntityGraph.UnreadableEntities e) {
      return Arrival.answered(setAside(id, raw, "ENTITIES_UNREADABLE"));
    }
  }

  /** What no product documents as an id may be a patient's number: the same one always has the same fingerprint. */
  private String withoutPatients(String id) {
    return KnownWords.isDocumentedId(id) ? id : "fp-" + sealed.fingerprint(id.getBytes(StandardCharsets.US_ASCII)).substring(0, 40);
  }

  private IntakeResult setAside(Optional<String> id, byte[] raw, String reason) {
    return transaction.execute(status -> quarantine.take(id, raw, reason));
  }

  private void settle(List<Arrival> some, List<IntakeResult> results, List<RuntimeException> failures) {
    List<Arrival> open = open(some);
    while (!open.isEmpty()) {
      combiner.run(open);
      open(open).stream().filter(arrival -> !arrival.waitsForAnother()).forEach(this::alone);
      open = open(open);
    }
    some.stream().map(Arrival::failure).filter(Objects::nonNull).forEach(failures::add);
    some.stream().map(Arrival::result).filter(Objects::nonNull).forEach(results::add);
  }

  private static List<Arrival> open(List<Arrival> some) {
    return some.stream().filter(Arrival::isOpen).toList();
  }

  private void alone(Arrival arrival) {
    try {
      turn.alone(arrival);
    } catch (RuntimeException e) {
      arrival.fail(ofOneAlert(e));
    }
  }

  /** Without a database the next alerts would only wait in vain, one after the other. */
  private static RuntimeException ofOneAlert(RuntimeException failure) {
    if (DatabaseAway.caused(failure)) {
      throw failure;
    }
    return failure;
  }

  private void together(List<List<Arrival>> callers) {
    List<Arrival> group = callers.stream().flatMap(List::stream).toList();
    try {
      meters.group(group.size(), () -> turn.together(group));
    } catch (RuntimeException e) {
      // one of them spoiled it, or somebody holds a lock; by itself each takes its own time and has its own failure
      group.forEach(arrival -> arrival.waitForAnother(false));
      meters.apart();
      LOG.info("{} alerts could not be taken together ({}), each is taken by itself", group.size(), e.getClass().getSimpleName());
    }
  }
}
