package io.cordon.sandbox;

import io.cordon.testing.CrashPoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One new case a death: Cordon kills itself at a named point of it, starts again, and takes it up beside the next one. */
final class NamedCrashes {
  private final CrashWorld world;
  private final int firstDevice;
  private final List<String> cases = new ArrayList<>();

  NamedCrashes(CrashWorld world, int firstDevice) {
    this.world = world;
    this.firstDevice = firstDevice;
  }

  /** The cases, oldest first. */
  List<String> cases() {
    return cases;
  }

  void dieAt(CrashPoint point) throws IOException {
    world.start();
    askAgain();
    String caseId = world.openCase("bulk-%05d".formatted(firstDevice + cases.size()));
    cases.add(caseId);
    if (point.name().startsWith("CANCEL")) {
      world.sandbox.mde.actionsLast(Duration.ofHours(1));
      world.approve(caseId, null);
      world.awaitPermit(caseId, "SENT"::equals);
      diesOf(point, () -> world.withdraw(caseId));
      world.sandbox.mde.actionsLast(Duration.ofSeconds(1));
    } else if (point.name().startsWith("RELEASE")) {
      world.approve(caseId, null);
      world.awaitPermit(caseId, "SUCCEEDED"::equals);
      CrashWorld.await("release is asked", () -> world.isAskedToRelease(caseId));
      diesOf(point, () -> world.release(caseId));
    } else {
      diesOf(point, () -> world.approve(caseId, null));
    }
  }

  private interface Deed {
    void run() throws IOException;
  }

  private void diesOf(CrashPoint point, Deed deed) throws IOException {
    world.dieAt(point);
    try {
      deed.run();
    } catch (IOException e) {
      // it died before it answered; whoever asked does so again if nothing came of it
    }
    world.awaitDeath(point);
  }

  /** The approver of the last case, who got no answer and sees that the question is still there. */
  private void askAgain() throws IOException {
    if (!cases.isEmpty() && world.isAsking(cases.get(cases.size() - 1))) {
      world.approve(cases.get(cases.size() - 1), null);
    }
  }

  /** Waits until every case came to an end: isolated, cancelled, or released. */
  void settle() throws IOException {
    world.start();
    askAgain();
    for (String caseId : cases) {
      CrashWorld.await("result of " + caseId, () -> isSettled(caseId));
    }
  }

  private boolean isSettled(String caseId) {
    return world.jdbc.sql("select count(*) > 0 and bool_and(settled_at is not null) from execution_permit where case_id = ?").param(caseId).query(Boolean.class).single();
  }
}
