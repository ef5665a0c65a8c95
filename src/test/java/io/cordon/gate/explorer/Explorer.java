package io.cordon.gate.explorer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.explorer.GateEvents.Event;
import io.cordon.playbook.worker.RetryLaterException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets every event happen in every state that can be reached, each state once, and has every step judged. */
final class Explorer {
  private static final int ENOUGH = 20;

  private final GateWorld world;
  private final Rows rows;
  private final List<Event> events;
  private final TransactionTemplate transaction;
  private final ObjectNode base;
  private final Set<String> seen = new HashSet<>();
  private long transitions;
  private long sends;
  private final Set<String> answers = new TreeSet<>();
  private final Set<String> violations = new LinkedHashSet<>();

  Explorer(GateWorld world, List<Event> events) {
    this.world = world;
    this.events = events;
    this.transaction = world.transaction;
    this.rows = new Rows(world.jdbc);
    this.base = rows.read();
  }

  /** A state and how it was reached. */
  private record Place(ObjectNode rows, GateWorld.Memory memory, String key, String way) {}

  /** What was found; no violation holds when all is well. */
  record Findings(List<Integer> statesByDepth, long states, long transitions, long sends, Set<String> answers, List<String> violations) {}

  /** Explores from what the world is once this happened, so many events deep; nothing of it is left in the database. */
  Findings explore(Runnable first, int depth) {
    List<Integer> perDepth = new ArrayList<>();
    Place start = transaction.execute(status -> {
      status.setRollbackOnly();
      first.run();
      return here(rows.read(), "");
    });
    List<Place> border = List.of(start);
    seen.add(border.get(0).key());
    for (int steps = 0; steps < depth && violations.size() < ENOUGH; steps++) {
      List<Place> next = new ArrayList<>();
      border.forEach(place -> transaction.executeWithoutResult(status -> {
        status.setRollbackOnly();
        next.addAll(after(place));
      }));
      perDepth.add(next.size());
      border = next;
    }
    return new Findings(perDepth, seen.size(), transitions, sends, answers, List.copyOf(violations));
  }

  private Place here(ObjectNode all, String way) {
    ObjectNode kept = Rows.remembered(all);
    GateWorld.Memory memory = world.memory();
    return new Place(kept, memory, StateKey.of(kept, memory), way);
  }

  /** Most answers are refused and change nothing, which is cheap to see. */
  private Place reached(Place from, ObjectNode all, String event) {
    boolean same = world.memory().equals(from.memory()) && Rows.remembered(all).equals(from.rows());
    String way = from.way().isEmpty() ? event : from.way() + " -> " + event;
    return same ? new Place(from.rows(), from.memory(), from.key(), way) : here(all, way);
  }

  private List<Place> after(Place place) {
    rows.write(base, place.rows());
    List<Place> found = new ArrayList<>();
    for (Event event : events) {
      transaction.executeWithoutResult(status -> {
        status.setRollbackOnly();
        world.restore(place.memory());
        happen(event, place, found);
      });
    }
    return found;
  }

  private void happen(Event event, Place from, List<Place> found) {
    Instant now = world.clock.instant();
    DecisionOutcome said = null;
    try {
      event.deed().accept(world);
      said = world.said;
    } catch (RetryLaterException | GateOnly.Death e) {
      // to be done later, or the node died: the rows say what is left of it
    }
    if (world.nothingToDo) {
      return;
    }
    ObjectNode all = rows.read();
    Place to = reached(from, all, event.name());
    transitions++;
    long calls = world.outside.calls.stream().filter("isolate"::equals).count();
    sends += calls;
    if (said != null) {
      answers.add(said.code());
    }
    var step = new Transition(event.name(), from.rows(), all, now, calls, world.memory().actions(), said, !to.key().equals(from.key()));
    GateChecker.check(step).forEach(wrong -> violations.add(wrong + ": " + to.way()));
    if (seen.add(to.key())) {
      found.add(to);
    }
  }
}
