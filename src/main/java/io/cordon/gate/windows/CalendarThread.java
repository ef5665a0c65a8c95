package io.cordon.gate.windows;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks every few seconds whether the calendar is due, on a thread of its own: a slow calendar holds up nothing else. */
final class CalendarThread implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(CalendarThread.class);
  private static final int EVERY = 5;

  private final MaintenanceWindows windows;
  private ScheduledExecutorService thread;

  CalendarThread(MaintenanceWindows windows) {
    this.windows = windows;
  }

  @Override
  public synchronized void start() {
    if (thread == null) {
      thread = Executors.newSingleThreadScheduledExecutor(runnable -> new Thread(runnable, "calendar"));
      thread.scheduleWithFixedDelay(this::refresh, 0, EVERY, TimeUnit.SECONDS);
    }
  }

  private void refresh() {
    try {
      windows.refresh();
    } catch (RuntimeException | Error e) {
      LOG.warn("the calendar could not be read ({}); trying again", e.getClass().getSimpleName());
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
