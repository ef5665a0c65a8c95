package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Drives one new case a round and kills Cordon at a random moment of it; the senders and the people try again, as they do. */
final class RandomCrashes {
  private static final int LATEST_MILLIS = 3_000;

  private final CrashWorld world;
  private final Random random;
  private final Map<String, String> alerts = new LinkedHashMap<>();
  private final Map<String, String> cases = new LinkedHashMap<>();

  RandomCrashes(CrashWorld world, long seed) {
    this.world = world;
    this.random = new Random(seed);
  }

  void run(int rounds) throws IOException {
    for (int round = 0; round < rounds; round++) {
      String device = "bulk-%05d".formatted(10_000 + round);
      alerts.put(device, UUID.randomUUID().toString());
      perhapsAFault(device);
      Instant death = Instant.now().plus(Duration.ofMillis(random.nextInt(LATEST_MILLIS)));
      do {
        push();
      } while (Instant.now().isBefore(death));
      world.restart();
      Invariants.nothingWaitsOnNothing(world);
    }
    CrashWorld.await("every case has its result", () -> {
      push();
      return cases.size() == rounds && cases.values().stream().allMatch(this::isSettled);
    });
  }

  /** The cases by machine. */
  Map<String, String> cases() {
    return cases;
  }

  private void perhapsAFault(String device) {
    String mode = new String[] {"none", "lost", "delay"}[random.nextInt(3)];
    world.sandbox.faults.add(Call.JSON.valueToTree(Map.of(
        "service", "mde", "mode", mode, "delayMs", 1_500, "path", world.sandbox.devices.named(device).orElseThrow().mdeId + "/isolate")));
  }

  /** The sender repeats every alert that was not acknowledged; the approver answers whatever is asked. */
  private void push() {
    for (var alert : alerts.entrySet()) {
      try {
        String caseId = cases.get(alert.getKey());
        if (caseId == null) {
          JsonNode answer = world.scripts.alert(alert.getKey(), Map.of("SystemAlertId", alert.getValue()));
          cases.put(alert.getKey(), answer.path("caseId").asText());
        } else if (world.view(caseId).at("/approvals/0/state").asText().equals("PENDING")) {
          world.approve(caseId, null);
        }
      } catch (IOException e) {
        // refused because it was answered already, or Cordon was away: the next round tells
      }
    }
  }

  private boolean isSettled(String caseId) {
    return java.util.Set.of("SUCCEEDED", "UNRESOLVED").contains(world.permit(caseId));
  }
}
