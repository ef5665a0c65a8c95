package io.cordon.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/** How often a second something can be done by so many at once. */
final class Throughput {
  private Throughput() {}

  /** Does it again and again for this long from so many threads; returns completed deeds a second. */
  static double of(Runnable deed, int threads, Duration time) {
    LongAdder done = new LongAdder();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    long start = System.nanoTime();
    long end = start + time.toNanos();
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      running.add(pool.submit(() -> {
        while (System.nanoTime() < end) {
          deed.run();
          done.increment();
        }
      }));
    }
    running.forEach(Throughput::finish);
    pool.shutdown();
    return done.sum() * 1e9 / (System.nanoTime() - start);
  }

  private static void finish(Future<?> thread) {
    try {
      thread.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a measured deed failed", e.getCause());
    }
  }

  static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
