package io.cordon.playbook.worker;

import io.cordon.platform.database.Again;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Fetches external tasks and hands them to their handlers: at once after a commit on this node, else every second.
 * Locks, retries and incidents are the engine's. A failed report is left to the lock's end: the task is then done again.
 */
public class ExternalTaskWorker implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ExternalTaskWorker.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final List<Duration> BACK_OFF =
      List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15));

  private final ExternalTaskService tasks;
  private static final String OF_DEFENDER = "mde.";

  private final Map<String, TopicHandler> handlers;
  private final BooleanSupplier reachesMachines;
  private final String workerId;
  private final int threads;
  private final Duration lock;
  private final Semaphore work = new Semaphore(0);
  private final Semaphore free;
  private volatile boolean running;
  private ExecutorService pool;
  private Thread fetcher;

  /**
   * @param lock how long a task is ours; longer than a handler usually takes, or it is done by two at a time
   * @param reachesMachines asked at each fetch; while it says no, what is Defender's (topics {@code mde.*}) is left to other nodes
   */
  public ExternalTaskWorker(
      ExternalTaskService tasks, List<TopicHandler> handlers, String workerId, int threads, Duration lock, BooleanSupplier reachesMachines) {
    this.reachesMachines = reachesMachines;
    this.tasks = tasks;
    this.handlers = handlers.stream().collect(Collectors.toMap(TopicHandler::topic, Function.identity()));
    this.workerId = workerId;
    this.threads = threads;
    this.lock = lock;
    this.free = new Semaphore(threads);
  }

  /** Says that there may be work; called after a commit that created some. */
  public void wake() {
    work.release();
  }

  /** Does everything that is due now, in this thread; returns how many tasks that were. For tests and tools. */
  public int runDue() {
    int done = 0;
    for (List<LockedExternalTask> batch = fetch(10); !batch.isEmpty(); batch = fetch(10)) {
      batch.forEach(this::perform);
      done += batch.size();
    }
    return done;
  }

  private List<LockedExternalTask> fetch(int most) {
    var fetch = tasks.fetchAndLock(most, workerId, true);
    boolean all = reachesMachines.getAsBoolean();
    handlers.keySet().stream().filter(topic -> all || !topic.startsWith(OF_DEFENDER)).forEach(topic -> fetch.topic(topic, lock.toMillis()));
    return fetch.execute();
  }

  private void perform(LockedExternalTask task) {
    try {
      Work unit = new Work(task.getBusinessKey(), task.getProcessInstanceId(), task.getVariables(), retriesLeft(task) <= 1);
      complete(task, handlers.get(task.getTopicName()).handle(unit));
    } catch (RetryLaterException e) {
      report(task, "waits as asked", retriesLeft(task), e.after());
    } catch (RuntimeException e) {
      int left = retriesLeft(task) - 1;
      // the message may hold what somebody else wrote; the kind of failure is enough here
      LOG.warn("topic {} of case {} failed ({}), {} tries left", task.getTopicName(), task.getBusinessKey(), e.getClass().getSimpleName(), left);
      report(task, e.getClass().getSimpleName(), left, BACK_OFF.get(Math.max(0, Math.min(BACK_OFF.size() - 1, BACK_OFF.size() - left))));
    }
  }

  /** What was done outside is not done again because another step of the playbook moves at this moment. */
  private void complete(LockedExternalTask task, Map<String, Object> results) {
    Again.trying(RuntimeException.class, () -> {
      try {
        tasks.complete(task.getId(), workerId, results);
      } catch (RuntimeException e) {
        if (isWanted(task)) {
          throw e;
        }
        LOG.info("topic {} of case {} is done; the playbook had gone on without it", task.getTopicName(), task.getBusinessKey());
      }
      return null;
    });
  }

  private boolean isWanted(LockedExternalTask task) {
    return tasks.createExternalTaskQuery().externalTaskId(task.getId()).count() > 0;
  }

  private static int retriesLeft(LockedExternalTask task) {
    return task.getRetries() == null ? BACK_OFF.size() + 1 : task.getRetries();
  }

  /** A report that is lost costs the wait for the lock's end, so it is made again like that of a success. */
  private void report(LockedExternalTask task, String kind, int left, Duration wait) {
    try {
      Again.trying(RuntimeException.class, () -> {
        try {
          tasks.handleFailure(task.getId(), workerId, kind, left, wait.toMillis());
        } catch (NotFoundException e) {
          LOG.info("topic {} of case {} is not wanted any more", task.getTopicName(), task.getBusinessKey());
        }
        return null;
      });
    } catch (RuntimeException e) {
      LOG.warn("topic {} of case {}: the failure could not be reported ({}); the task is done again when its lock ends",
          task.getTopicName(), task.getBusinessKey(), e.getClass().getSimpleName());
    }
  }

  @Override
  public synchronized void start() {
    if (running || threads == 0) {
      return;
    }
    running = true;
    pool = Executors.newFixedThreadPool(threads, runnable -> new Thread(runnable, "external-task"));
    fetcher = new Thread(this::loop, "external-task-fetch");
    fetcher.start();
  }

  private void loop() {
    while (running) {
      try {
        work.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
        work.drainPermits();
        dispatch();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        LOG.warn("external tasks could not be fetched ({}); trying again", e.getClass().getSimpleName());
      }
    }
  }

  private void dispatch() throws InterruptedException {
    List<LockedExternalTask> batch;
    do {
      free.acquire();
      int most = 1 + free.drainPermits();
      batch = List.of();
      try {
        batch = fetch(most);
      } finally {
        free.release(most - batch.size());
      }
      batch.forEach(task -> pool.execute(() -> performAndFree(task)));
    } while (!batch.isEmpty());
  }

  private void performAndFree(LockedExternalTask task) {
    try {
      perform(task);
    } catch (Error e) {
      LOG.error("topic {} of case {} met an error of this program ({}); the task is done again when its lock ends", task.getTopicName(), task.getBusinessKey(), e.getClass().getSimpleName());
      throw e;
    } finally {
      free.release();
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    if (fetcher != null) {
      fetcher.interrupt();
      pool.shutdown();
      try {
        pool.awaitTermination(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
