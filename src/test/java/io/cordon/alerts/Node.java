package io.cordon.alerts;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** A node with a real intake, in which callers can be made to meet and single alerts or commits to fail. */
final class Node {
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  /** How many alerts were taken together, each time. */
  final List<Integer> groups = Collections.synchronizedList(new ArrayList<>());
  /** By the id of an alert, what the database says when it is to be written down. */
  final Map<String, RuntimeException> poison = new ConcurrentHashMap<>();
  /** So many next groups of more than one alert are not committed. */
  final AtomicInteger lostCommits = new AtomicInteger();
  final AlertIntake intake;

  private final Map<String, Hold> holds = new ConcurrentHashMap<>();

  Node(Nodes nodes) {
    intake = nodes.intake(new Book(nodes.jdbc(), nodes.clock()), new Commits(nodes.transactions()), meters);
  }

  /** Sends these bodies, each by a caller of its own, so that one group takes all of them. */
  List<FutureTask<IntakeResult>> takeTogether(List<String> bodies) throws InterruptedException {
    Hold first = hold();
    Hold second = hold();
    try {
      List<FutureTask<IntakeResult>> calls = new ArrayList<>();
      List<Thread> callers = new ArrayList<>();
      for (String body : bodies) {
        FutureTask<IntakeResult> call = new FutureTask<>(() -> intake.take(RealIntake.body(body)).get(0));
        calls.add(call);
        callers.add(new Thread(call));
      }
      callers.forEach(Thread::start);
      Awaitility.await("all wait").atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5))
          .until(() -> callers.stream().allMatch(caller -> caller.getState() == Thread.State.WAITING));
      first.ends.countDown();
      for (Thread caller : callers) {
        caller.join(60_000);
      }
      return calls;
    } finally {
      first.end();
      second.end();
    }
  }

  /** Takes one of the places in which groups are worked on. */
  private Hold hold() throws InterruptedException {
    String id = RealIntake.id();
    Thread holder = new Thread(() -> intake.take(RealIntake.body(RealIntake.row(id, RealIntake.machine()))));
    Hold hold = new Hold(holder, new CountDownLatch(1), new CountDownLatch(1));
    holds.put(id, hold);
    holder.start();
    if (!hold.begins.await(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a place was not free");
    }
    return hold;
  }

  private record Hold(Thread holder, CountDownLatch begins, CountDownLatch ends) {
    private void end() throws InterruptedException {
      ends.countDown();
      holder.join(60_000);
    }

    private void stay() {
      begins.countDown();
      try {
        ends.await(90, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final class Book extends AlertBook {
    private Book(JdbcClient jdbc, Clock clock) {
      super(jdbc, clock);
    }

    @Override
    List<String> casesOfDuplicates(List<Arrival> arrivals) {
      groups.add(arrivals.size());
      arrivals.stream().map(arrival -> holds.remove(arrival.alert().systemAlertId())).filter(Objects::nonNull).forEach(Hold::stay);
      return super.casesOfDuplicates(arrivals);
    }

    @Override
    void record(List<Placed> placed) {
      super.record(placed);
      placed.stream().map(one -> poison.get(one.alert().systemAlertId())).filter(Objects::nonNull).findFirst().ifPresent(failure -> {
        throw failure;
      });
    }
  }

  final class Commits extends TransactionTemplate {
    private Commits(PlatformTransactionManager transactions) {
      super(transactions);
    }

    @Override
    public <T> T execute(TransactionCallback<T> action) {
      boolean[] lost = new boolean[1];
      T done = super.execute(status -> {
        T result = action.doInTransaction(status);
        lost[0] = result instanceof List<?> group && group.size() > 1 && lostCommits.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        if (lost[0]) {
          status.setRollbackOnly();
        }
        return result;
      });
      if (lost[0]) {
        throw new TransactionSystemException("the commit failed");
      }
      return done;
    }
  }
}
