package io.cordon.alerts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Lets threads that want the same at one time do it together. Who finds a free place begins at once; who finds none waits,
 * and the next that begins takes all that waits, up to a limit. Nobody waits for others to come, and every thread waits
 * with one task at most, so that no more waits than there are callers.
 */
final class Combiner<T> {
  private static final class Waiting<T> {
    private final T task;
    /** True: begin with the others that wait; false: somebody has done it. */
    private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

    private Waiting(T task) {
      this.task = task;
    }
  }

  private final int places;
  private final int largest;
  private final ToIntFunction<T> weight;
  private final Consumer<List<T>> work;
  private final Queue<Waiting<T>> waiting = new ArrayDeque<>();
  private int taken;

  /**
   * @param places how many groups are worked on at one time
   * @param largest the most that the tasks of a group weigh together, unless one alone weighs more
   * @param work does the tasks of a group, in the order in which they came; what it leaves undone is for each caller to find out
   */
  Combiner(int places, int largest, ToIntFunction<T> weight, Consumer<List<T>> work) {
    this.places = places;
    this.largest = largest;
    this.weight = weight;
    this.work = work;
  }

  /** Returns when the task was part of a group that is done; what the work throws reaches only the thread that did it. */
  void run(T task) {
    Waiting<T> mine = new Waiting<>(task);
    if (findsAPlace(mine) || mine.turn.join()) {
      lead(mine);
    }
  }

  private synchronized boolean findsAPlace(Waiting<T> mine) {
    if (taken == places) {
      waiting.add(mine);
      return false;
    }
    taken++;
    return true;
  }

  private void lead(Waiting<T> mine) {
    List<Waiting<T>> group = groupOf(mine);
    try {
      work.accept(group.stream().map(one -> one.task).toList());
    } finally {
      handOver();
      group.forEach(one -> one.turn.complete(false));
    }
  }

  private synchronized List<Waiting<T>> groupOf(Waiting<T> first) {
    List<Waiting<T>> group = new ArrayList<>(List.of(first));
    long together = weight.applyAsInt(first.task);
    while (!waiting.isEmpty() && together + weight.applyAsInt(waiting.peek().task) <= largest) {
      together += weight.applyAsInt(waiting.peek().task);
      group.add(waiting.remove());
    }
    return group;
  }

  /** The place goes to whoever waits longest; it becomes free only when nobody waits. */
  private synchronized void handOver() {
    Waiting<T> next = waiting.poll();
    if (next == null) {
      taken--;
    } else {
      next.turn.complete(true);
    }
  }
}
