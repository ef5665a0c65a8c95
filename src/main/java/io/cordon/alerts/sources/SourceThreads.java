package io.cordon.alerts.sources;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks every second whether a source is due; a thread for each, so that a slow one holds up neither the other nor anything else. */
final class SourceThreads implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(SourceThreads.class);

  private final List<AlertPoller> pollers;
  private ScheduledExecutorService threads;

  SourceThreads(List<AlertPoller> pollers) {
    this.pollers = pollers;
  }

  @Override
  public synchronized void start() {
    if (threads == null && !pollers.isEmpty()) {
      threads = Executors.newScheduledThreadPool(pollers.size(), runnable -> new Thread(runnable, "alert-source"));
      pollers.forEach(poller -> threads.scheduleWithFixedDelay(() -> runDue(poller), 1, 1, TimeUnit.SECONDS));
    }
  }

  private static void runDue(AlertPoller poller) {
    try {
      poller.runDue();
    } catch (RuntimeException | Error e) {
      LOG.warn("alert source {} could not be read ({}); trying again", poller.name(), e.getClass().getSimpleName());
    }
  }

  @Override
  public synchronized void stop() {
    if (threads != null) {
      threads.shutdown();
      try {
        threads.awaitTermination(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      threads = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return threads != null;
  }
}
