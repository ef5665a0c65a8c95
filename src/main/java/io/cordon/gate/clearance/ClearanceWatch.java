package io.cordon.gate.clearance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Keeps the clearance young while people are asked: it would say nothing after two minutes. */
final class ClearanceWatch implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ClearanceWatch.class);
  private static final Duration YOUNG = Duration.ofSeconds(60);
  private static final int MOST = 50;
  private static final int EVERY = 5;

  private final ClinicalClearance clearance;
  private final ClearanceBook book;
  private final Clock clock;
  private ScheduledExecutorService thread;

  ClearanceWatch(ClinicalClearance clearance, ClearanceBook book, Clock clock) {
    this.clearance = clearance;
    this.book = book;
    this.clock = clock;
  }

  /** Asks about the plans whose clearance grows old, the most urgent ones first. */
  void run() {
    Instant now = clock.instant();
    book.due(now, now.minus(YOUNG), MOST).forEach(clearance::check);
  }

  @Override
  public synchronized void start() {
    if (thread == null && clearance.hasFeed()) {
      thread = Executors.newSingleThreadScheduledExecutor(runnable -> new Thread(runnable, "clearance"));
      thread.scheduleWithFixedDelay(this::guarded, EVERY, EVERY, TimeUnit.SECONDS);
    }
  }

  private void guarded() {
    try {
      run();
    } catch (RuntimeException | Error e) {
      LOG.warn("clinical clearance could not be kept young ({}); trying again", e.getClass().getSimpleName());
    }
  }

  @Override
  public synchronized void stop() {
    if (thread != null) {
      thread.shutdownNow();
      thread = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
