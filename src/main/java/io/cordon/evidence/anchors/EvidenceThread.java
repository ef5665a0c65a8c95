package io.cordon.evidence.anchors;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Lets the watch look every few seconds, on a thread of its own: a slow store must not hold up a signature. */
final class EvidenceThread implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceThread.class);
  private static final int EVERY = 5;

  private final EvidenceWatch watch;
  private ScheduledExecutorService thread;

  EvidenceThread(EvidenceWatch watch) {
    this.watch = watch;
  }

  @Override
  public synchronized void start() {
    if (thread == null) {
      thread = Executors.newSingleThreadScheduledExecutor(runnable -> new Thread(runnable, "evidence-anchors"));
      thread.scheduleWithFixedDelay(this::look, EVERY, EVERY, TimeUnit.SECONDS);
    }
  }

  private void look() {
    try {
      watch.look();
    } catch (RuntimeException | Error e) {
      LOG.warn("the evidence watch failed ({}); trying again", e.getClass().getSimpleName());
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
