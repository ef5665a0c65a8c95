package io.cordon.playbook;

import static io.cordon.testing.CrashPoint.ACCEPTANCE_COMMITTED;
import static io.cordon.testing.CrashPoint.ACCEPTANCE_NOT_COMMITTED;
import static io.cordon.testing.CrashPoint.CANCEL_NOT_SENT;
import static io.cordon.testing.CrashPoint.CANCEL_TAKEN;
import static io.cordon.testing.CrashPoint.CHECKPOINT_COMMITTED;
import static io.cordon.testing.CrashPoint.CHECKPOINT_NOT_COMMITTED;
import static io.cordon.testing.CrashPoint.INTENT_COMMITTED;
import static io.cordon.testing.CrashPoint.INTENT_NOT_COMMITTED;
import static io.cordon.testing.CrashPoint.ISOLATION_TAKEN;
import static io.cordon.testing.CrashPoint.LOOKED_FOR_OPEN_ACTIONS;
import static io.cordon.testing.CrashPoint.POLLED;
import static io.cordon.testing.CrashPoint.RELEASE_ACCEPTANCE_NOT_COMMITTED;
import static io.cordon.testing.CrashPoint.RELEASE_INTENT_COMMITTED;
import static io.cordon.testing.CrashPoint.RELEASE_INTENT_NOT_COMMITTED;
import static io.cordon.testing.CrashPoint.RELEASE_POLLED;
import static io.cordon.testing.CrashPoint.RELEASE_RESULT_NOT_COMMITTED;
import static io.cordon.testing.CrashPoint.RELEASE_SENDING_COMMITTED;
import static io.cordon.testing.CrashPoint.RELEASE_TAKEN;
import static io.cordon.testing.CrashPoint.RESULT_COMMITTED;
import static io.cordon.testing.CrashPoint.RESULT_NOT_COMMITTED;
import static io.cordon.testing.CrashPoint.SENDING_COMMITTED;
import static io.cordon.testing.CrashPoint.SENDING_NOT_COMMITTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.containment.mde.MachineAction;
import io.cordon.gate.Verdict;
import io.cordon.testing.ActionChecker;
import io.cordon.testing.CrashPoint;
import io.cordon.testing.CrashPoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Each case dies at every point of its way, one after the other, and is taken up from the database each time; by twenty
 * cases. A death here is an error nothing handles: what was not committed is gone, locks stay until they end.
 */
class CrashPointsTest extends PlayedCase {
  private static final int DEATHS = 20;
  private static final int ROUNDS = DEATHS + 5;
  private static final Duration UNTIL_LOCKS_END = Duration.ofSeconds(121);

  @Autowired CrashPoints points;
  private final Map<CrashPoint, Integer> deaths = new EnumMap<>(CrashPoint.class);
  private final List<String> taken = new ArrayList<>();
  private final List<String> caseIds = new ArrayList<>();

  @BeforeEach
  void forgetNoAction() {
    deaths.clear();
    taken.clear();
    caseIds.clear();
  }

  @AfterEach
  void disarm() {
    points.disarm();
  }

  @Test
  void isolatesAndReleasesOnceThoughItDiesAtEveryPoint() {
    List<CrashPoint> toIsolation =
        List.of(INTENT_NOT_COMMITTED, INTENT_COMMITTED, CHECKPOINT_NOT_COMMITTED, CHECKPOINT_COMMITTED, LOOKED_FOR_OPEN_ACTIONS,
            SENDING_NOT_COMMITTED, SENDING_COMMITTED, ISOLATION_TAKEN, ACCEPTANCE_NOT_COMMITTED, ACCEPTANCE_COMMITTED, POLLED,
            RESULT_NOT_COMMITTED, RESULT_COMMITTED);
    List<CrashPoint> toRelease =
        List.of(RELEASE_INTENT_NOT_COMMITTED, RELEASE_INTENT_COMMITTED, RELEASE_SENDING_COMMITTED, RELEASE_TAKEN,
            RELEASE_ACCEPTANCE_NOT_COMMITTED, RELEASE_POLLED, RELEASE_RESULT_NOT_COMMITTED);
    untilEachWasDiedAt(toIsolation, toRelease, () -> {
      open();
      toIsolation.forEach(point -> dieAt(point, this::goOn));
      goOn();
      assertThat(process("releaseHost")).as("isolated").isNotNull();
      toRelease.forEach(point -> dieAt(point, this::releaseAndGoOn));
      releaseAndGoOn();
      close("SUCCEEDED", "SUCCEEDED");
    });
  }

  @Test
  void cancelsOnceThoughItDiesAtEveryPoint() {
    List<CrashPoint> toCancel = List.of(CANCEL_NOT_SENT, CANCEL_TAKEN, RESULT_NOT_COMMITTED, RESULT_COMMITTED);
    untilEachWasDiedAt(toCancel, List.of(), () -> {
      open();
      outside.nextStatus = MachineAction.PENDING;
      settle();
      fireTimer("catchEvent_windowOpens");
      settle();
      clock.set(request().windowTo());
      fireTimer("boundaryEvent_windowCloses");
      toCancel.forEach(point -> dieAt(point, this::settle));
      settle();
      close("CANCELLED");
    });
  }

  /** One node stands still right there until its lock has ended and another went on; then it comes back. */
  @ParameterizedTest
  @EnumSource(value = CrashPoint.class, names = {"SENDING_COMMITTED", "ISOLATION_TAKEN", "ACCEPTANCE_COMMITTED", "POLLED", "RESULT_COMMITTED"})
  void isolatesOnceWhenAnotherNodeTookOverMeanwhile(CrashPoint point) {
    open();
    settle();
    points.arm(point, () -> {
      clock.tick(UNTIL_LOCKS_END);
      CompletableFuture.runAsync(this::goOn).join();
    });
    goOn();
    assertThat(points.disarm()).as("nobody came to the point").isFalse();
    assertThat(process("releaseHost")).as("isolated").isNotNull();
    assertThat(count("isolate")).isEqualTo(1);
    close("SUCCEEDED");
    pump.flush();
    new ActionChecker(jdbc).oneActionAPermit(taken);
    new ActionChecker(jdbc).oneIntentBeforeAndOneResultAfter(caseIds);
  }

  private void untilEachWasDiedAt(List<CrashPoint> some, List<CrashPoint> others, Runnable life) {
    List<CrashPoint> all = new ArrayList<>(some);
    all.addAll(others);
    int round = 0;
    while (all.stream().anyMatch(point -> deaths.getOrDefault(point, 0) < DEATHS)) {
      assertThat(round++).as("rounds, after deaths %s", deaths).isLessThan(ROUNDS);
      life.run();
    }
    pump.flush();
    ActionChecker checker = new ActionChecker(jdbc);
    checker.oneActionAPermit(taken);
    checker.oneIntentBeforeAndOneResultAfter(caseIds);
  }

  private void open() {
    startClean();
    outside.watcher = points::atCall;
    openACase();
    assertThat(answer(Verdict.APPROVE, PACS_APPROVER).code()).isEqualTo("GRANTED");
  }

  /** The states of the permits, in the order in which they were intended. */
  private void close(String... states) {
    taken.addAll(outside.actions.stream().map(MachineAction::comment).toList());
    caseIds.add(caseId);
    assertThat(jdbc.sql("select state from execution_permit where case_id = ? order by intended_at, id").param(caseId).query(String.class).list())
        .containsExactly(states);
  }

  /** A point may be passed unseen: the log's own rhythm may sign between two steps. */
  private void dieAt(CrashPoint point, Runnable way) {
    points.arm(point, () -> {
      throw new CrashPoints.Crash();
    });
    try {
      way.run();
    } catch (CrashPoints.Crash e) {
      deaths.merge(point, 1, Integer::sum);
      clock.tick(UNTIL_LOCKS_END);
    } finally {
      points.disarm();
    }
  }

  /** Everything that is due, and the timers of the way as they come. */
  private void goOn() {
    settle();
    for (Optional<String> timer = nextTimer(); timer.isPresent(); timer = nextTimer()) {
      clock.tick(Duration.ofSeconds(60));
      management.executeJob(timer.get());
      settle();
    }
  }

  private Optional<String> nextTimer() {
    return jdbc.sql(
            """
            select job.id_ from act_ru_job job join act_ru_jobdef definition on definition.id_ = job.job_def_id_
             where definition.act_id_ like 'catchEvent%' and job.process_instance_id_ in (select id_ from act_ru_execution where business_key_ = ?)""")
        .param(caseId)
        .query(String.class)
        .optional();
  }

  private void releaseAndGoOn() {
    if (task("userTask_releaseHost") != null) {
      playbookTasks.complete(task("userTask_releaseHost").getId(), SECURITY_LEAD, Map.of("reasonCode", "CLEANED"));
    }
    goOn();
  }
}
