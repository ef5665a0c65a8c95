package io.cordon.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code make bench-act}: from an approval with the window open to Defender called, over real HTTP on one machine. In between
 * lie the last look, the intent, its signed checkpoint and the look for open actions. One approval a second, as many as Defender
 * takes.
 */
public final class ActBench {
  private static final int WARM_UP = 10;
  private static final int MEASURED = 60;
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final LocalCordon local;
  private final Scripts scripts;

  private ActBench(LocalCordon local) {
    this.local = local;
    this.scripts = new Scripts(local);
  }

  public static void main(String[] arguments) throws Exception {
    try (LocalCordon local = LocalCordon.start(Files.createTempDirectory("cordon-bench-act"), 0, Map.of("cordon.gate.most-at-once", 1_000))) {
      new ActBench(local).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    List<String> approvals = new ArrayList<>();
    List<String> machines = new ArrayList<>();
    for (int i = 1; i <= WARM_UP + MEASURED; i++) {
      String device = "bulk-%05d".formatted(i);
      approvals.add(approval(local.alert(device)));
      machines.add(local.machineId(device));
    }
    // Defender takes 100 looks at machines a minute, and each new case had one
    Thread.sleep(62_000);
    Map<String, Instant> approved = new LinkedHashMap<>();
    for (int i = 0; i < approvals.size(); i++) {
      Instant now = local.sandbox.clock.instant();
      approve(approvals.get(i), now);
      if (i >= WARM_UP) {
        approved.put(machines.get(i), now);
      }
      Thread.sleep(Math.max(0, Duration.between(local.sandbox.clock.instant(), now.plus(BETWEEN)).toMillis()));
    }
    Thread.sleep(15_000);
    report(approved);
  }

  private String approval(String caseId) throws Exception {
    for (int tries = 0; tries < 200; tries++) {
      String id = scripts.as("soc.one", "GET", "/api/cases/" + caseId, null).at("/approvals/0/id").asText();
      if (!id.isEmpty()) {
        return id;
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("nobody was asked in case " + caseId);
  }

  private void approve(String approval, Instant now) throws IOException {
    scripts.as("clin.pacs", "POST", "/api/approvals/" + approval + "/decision",
        Map.of("verdict", "APPROVE", "requestRevision", 1, "window", Map.of("from", "now", "minutes", 60),
            "backBy", now.truncatedTo(ChronoUnit.SECONDS).plus(4, ChronoUnit.HOURS).toString(),
            "procedureImpact", "NONE_RUNNING", "reasonCode", "NO_PATIENT_IMPACT"));
  }

  private void report(Map<String, Instant> approved) {
    List<Long> millis = new ArrayList<>();
    approved.forEach((machine, at) ->
        local.sandbox.journal.of("mde").stream()
            .filter(entry -> entry.method().equals("POST") && entry.path().endsWith(machine + "/isolate"))
            .findFirst()
            .ifPresent(entry -> millis.add(Duration.between(at, Instant.parse(entry.at())).toMillis())));
    long throttled = local.sandbox.journal.of("mde").stream().filter(entry -> entry.status() == 429).count();
    System.out.printf("%n%d approvals, %d not acted on, %d calls throttled by Defender%n%n| from the approval sent to | p50 | p99 | slowest |%n|---|---|---|---|%n",
        approved.size(), approved.size() - millis.size(), throttled);
    Percentiles.line("Defender called", millis);
  }
}
