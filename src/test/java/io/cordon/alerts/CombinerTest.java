package io.cordon.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CombinerTest {
  private final List<List<Integer>> groups = Collections.synchronizedList(new ArrayList<>());

  @Test
  void letsALoneCallerBeginAtOnceAndByItself() {
    List<Thread> threads = new ArrayList<>();
    Combiner<Integer> combiner = new Combiner<>(1, 10, task -> 1, group -> {
      groups.add(group);
      threads.add(Thread.currentThread());
    });
    combiner.run(1);
    combiner.run(2);
    assertThat(groups).containsExactly(List.of(1), List.of(2));
    assertThat(threads).containsOnly(Thread.currentThread());
  }

  @Test
  void takesNoMoreTogetherThanTheLimitAndEveryTaskOnce() throws InterruptedException {
    AtomicInteger atOnce = new AtomicInteger();
    List<Integer> most = Collections.synchronizedList(new ArrayList<>());
    Combiner<Integer> combiner = new Combiner<>(2, 10, task -> 1, group -> {
      most.add(atOnce.incrementAndGet());
      groups.add(group);
      Thread.yield();
      atOnce.decrementAndGet();
    });
    ExecutorService callers = Executors.newFixedThreadPool(40);
    for (int i = 0; i < 2_000; i++) {
      int task = i;
      callers.execute(() -> combiner.run(task));
    }
    callers.shutdown();
    assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).as("nobody is left waiting").isTrue();
    assertThat(groups).allSatisfy(group -> assertThat(group).hasSizeLessThanOrEqualTo(10));
    assertThat(groups.stream().flatMap(List::stream)).hasSize(2_000).doesNotHaveDuplicates();
    assertThat(most).allMatch(count -> count <= 2);
  }

  @Test
  void leavesNobodyWaitingWhenAGroupFails() throws InterruptedException {
    Combiner<Integer> combiner = new Combiner<>(1, 10, task -> 1, group -> {
      groups.add(group);
      throw new IllegalStateException();
    });
    ExecutorService callers = Executors.newFixedThreadPool(20);
    for (int i = 0; i < 200; i++) {
      int task = i;
      callers.submit(() -> combiner.run(task));
    }
    callers.shutdown();
    assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(groups.stream().flatMap(List::stream)).hasSize(200);
  }
}
