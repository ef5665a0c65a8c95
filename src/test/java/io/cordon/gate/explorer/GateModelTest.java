package io.cordon.gate.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.gate.Verdict;
import io.cordon.gate.policy.Route.Approvers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All interleavings of what can happen at the gate: invariants I1 and I2 hold in every one. {@code -Dcordon.gate.depth=8} asks for more
 * than every build can wait for. */
class GateModelTest extends GateAlone {
  private static final int DEPTH = Integer.getInteger("cordon.gate.depth", 4);

  @ParameterizedTest
  @EnumSource(value = Approvers.class, names = {"CLINICAL", "CLINICAL_AND_SECURITY"})
  void holdsInEveryOrderOfWhatUsuallyHappens(Approvers approvers) {
    explore(approvers, () -> {}, GateEvents.USUAL, DEPTH);
  }

  @ParameterizedTest
  @EnumSource(value = Approvers.class, names = {"CLINICAL", "CLINICAL_AND_SECURITY"})
  void holdsInEveryOrderOnceAllAgreedAndThePlaybookWantsToAct(Approvers approvers) {
    explore(approvers, this::agree, GateEvents.USUAL, DEPTH);
  }

  @ParameterizedTest
  @EnumSource(value = Approvers.class, names = {"CLINICAL", "CLINICAL_AND_SECURITY"})
  void holdsWhateverElseHappensInBetween(Approvers approvers) {
    explore(approvers, () -> {}, Stream.concat(GateEvents.USUAL.stream(), GateEvents.UNUSUAL.stream()).toList(), Math.max(3, DEPTH - 4));
  }

  @ParameterizedTest
  @EnumSource(value = Approvers.class, names = {"CLINICAL", "CLINICAL_AND_SECURITY"})
  void holdsWhateverElseHappensOnceAllAgreedAndThePlaybookWantsToAct(Approvers approvers) {
    explore(approvers, this::agree, Stream.concat(GateEvents.USUAL.stream(), GateEvents.UNUSUAL.stream()).toList(), Math.max(3, DEPTH - 4));
  }

  /** The first steps of the way on which something may go wrong; every other way begins at the question. */
  private void agree() {
    world.answer(GateEvents.FIRST, Verdict.APPROVE, Duration.ofHours(1));
    if (world.approvers != Approvers.CLINICAL) {
      world.answer(GateEvents.LEAD, Verdict.APPROVE, Duration.ofHours(1));
    }
    world.intend(false);
    world.sign();
  }

  private void explore(Approvers approvers, Runnable first, List<GateEvents.Event> events, int depth) {
    world.approvers = approvers;
    world.ask();
    long began = System.nanoTime();
    Explorer.Findings found = new Explorer(world, events).explore(first, depth);
    System.out.printf("gate model, %s, %d events, depth %d: %,d states %s, %,d transitions, %,d sends, answers %s, %d s%n", approvers, events.size(),
        depth, found.states(), found.statesByDepth(), found.transitions(), found.sends(), found.answers(), Duration.ofNanos(System.nanoTime() - began).toSeconds());
    assertThat(found.violations()).isEmpty();
  }
}
