package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code make bench-notify}: from an alert accepted to Teams and PagerDuty called, over real HTTP on one machine, at 20 alerts a
 * second for a minute of which one opens a case; the others join or repeat. The sandbox keeps its rate limits.
 */
public final class NotifyBench {
  private static final int PER_SECOND = 20;
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration MEASURED = Duration.ofSeconds(60);

  private final LocalCordon local;
  private final Scripts scripts;
  private final Map<String, Instant> accepted = new ConcurrentHashMap<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger newest = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private volatile Instant from = Instant.MAX;

  private NotifyBench(LocalCordon local) {
    this.local = local;
    this.scripts = new Scripts(local);
  }

  public static void main(String[] arguments) throws Exception {
    Path home = Files.createTempDirectory("cordon-bench-notify");
    try (LocalCordon local = LocalCordon.start(home, 0)) {
      new NotifyBench(local).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    ScheduledExecutorService sender = Executors.newScheduledThreadPool(PER_SECOND);
    var ticking = sender.scheduleAtFixedRate(() -> sender.execute(this::send), 0, 1000 / PER_SECOND, TimeUnit.MILLISECONDS);
    TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());
    from = local.sandbox.clock.instant();
    int before = sent.get();
    TimeUnit.MILLISECONDS.sleep(MEASURED.toMillis());
    int alerts = sent.get() - before;
    ticking.cancel(false);
    TimeUnit.SECONDS.sleep(10);
    sender.shutdown();
    report(alerts);
  }

  private void send() {
    int number = sent.getAndIncrement();
    boolean opens = number % PER_SECOND == 0;
    try {
      JsonNode answer = scripts.alert("bulk-%05d".formatted(opens ? newest.incrementAndGet() : Math.max(1, newest.get() - 2 - number % 5)));
      if ("OPENED".equals(answer.path("disposition").asText()) && local.sandbox.clock.instant().isAfter(from)) {
        accepted.put(answer.path("caseId").asText(), local.sandbox.clock.instant());
      }
    } catch (IOException | RuntimeException e) {
      failed.incrementAndGet();
    }
  }

  private void report(int alerts) {
    List<Long> teams = new ArrayList<>();
    List<Long> pagerDuty = new ArrayList<>();
    List<Long> both = new ArrayList<>();
    int missing = 0;
    for (Map.Entry<String, Instant> one : accepted.entrySet()) {
      long card = millisTo("teams", "POST", one.getKey(), one.getValue());
      long page = millisTo("pagerduty", "POST", one.getKey(), one.getValue());
      if (card < 0 || page < 0) {
        missing++;
      } else {
        teams.add(card);
        pagerDuty.add(page);
        both.add(Math.max(card, page));
      }
    }
    System.out.printf("%n%d alerts in %d s (%.1f a second), %d new cases, %d alerts not taken, %d cases not told%n%n| accepted to | p50 | p99 | slowest |%n|---|---|---|---|%n",
        alerts, MEASURED.toSeconds(), alerts / (double) MEASURED.toSeconds(), accepted.size(), failed.get(), missing);
    Percentiles.line("Teams called", teams);
    Percentiles.line("PagerDuty called", pagerDuty);
    Percentiles.line("both called", both);
  }

  /** The first call that names the case; one that came before the 202 was read counts as none at all. */
  private long millisTo(String service, String method, String caseId, Instant since) {
    return local.sandbox.journal.of(service).stream()
        .filter(entry -> entry.method().equals(method) && entry.body().contains(caseId))
        .mapToLong(entry -> Math.max(0, Duration.between(since, Instant.parse(entry.at())).toMillis()))
        .min()
        .orElse(-1);
  }
}
