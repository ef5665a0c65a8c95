package io.cordon.web.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.cordon.alerts.CaseView;
import io.cordon.gate.ActionsOnCase;
import io.cordon.gate.ApprovalRequest;
import io.cordon.playbook.TaskClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PhaseTest {
  private static final Instant NOW = Instant.parse("2026-11-24T19:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(3_600);
  private static final Instant MUCH_LATER = NOW.plusSeconds(7_200);

  private final CaseView open = about("OPEN");
  private final ApprovalRequest request = mock(ApprovalRequest.class);
  private final TaskClock triage = new TaskClock("c", "userTask_triage", "Triage the alert", LATER);
  private final TaskClock release = new TaskClock("c", "userTask_releaseHost", "Release the machine", MUCH_LATER);

  @Test
  void showsWhatOnlyAPersonCanDoFirst() {
    assertThat(phase(null, null, triage, false)).isEqualTo(Phase.NEEDS_SOMEBODY);
    assertThat(phase(request, null, triage, false)).isEqualTo(Phase.NEEDS_SOMEBODY);
    assertThat(phase(null, actions(false, true, NOW, LATER), triage, false)).as("something else beside an isolated machine").isEqualTo(Phase.NEEDS_SOMEBODY);
    assertThat(phase(null, null, null, true)).as("stuck").isEqualTo(Phase.NEEDS_SOMEBODY);
    assertThat(Phase.NEEDS_SOMEBODY.clock(null, null, triage)).isEqualTo(LATER);
    assertThat(Phase.NEEDS_SOMEBODY.clock(null, null, null)).isNull();
  }

  @Test
  void countsDownToTheAnswer() {
    when(request.answerDeadline()).thenReturn(LATER);
    assertThat(phase(request, null, null, false)).isEqualTo(Phase.ASKED);
    assertThat(Phase.ASKED.clock(request, null, null)).isEqualTo(LATER);
  }

  @Test
  void countsDownToTheWindowAndThenToItsEnd() {
    ActionsOnCase ahead = actions(false, false, LATER, MUCH_LATER);
    assertThat(phase(null, ahead, null, false)).isEqualTo(Phase.WINDOW_AHEAD);
    assertThat(Phase.WINDOW_AHEAD.clock(null, ahead, null)).isEqualTo(LATER);
    ActionsOnCase inside = actions(false, false, NOW, LATER);
    assertThat(phase(null, inside, null, false)).isEqualTo(Phase.ACTING);
    assertThat(Phase.ACTING.clock(null, inside, null)).isEqualTo(LATER);
    assertThat(phase(null, actions(true, false, NOW.minusSeconds(9), NOW.minusSeconds(1)), null, false)).as("on its way").isEqualTo(Phase.ACTING);
    assertThat(phase(null, actions(false, false, NOW.minusSeconds(9), NOW), null, false)).as("over").isEqualTo(Phase.WORKING);
  }

  @Test
  void countsDownToTheReleaseWhileAMachineIsIsolated() {
    ActionsOnCase isolated = actions(false, true, NOW, LATER);
    assertThat(phase(null, isolated, release, false)).isEqualTo(Phase.ISOLATED);
    assertThat(Phase.ISOLATED.clock(null, isolated, release)).isEqualTo(MUCH_LATER);
    assertThat(phase(null, isolated, null, false)).isEqualTo(Phase.ISOLATED);
    assertThat(phase(null, actions(true, true, NOW, LATER), null, false)).as("being released").isEqualTo(Phase.ACTING);
    assertThat(phase(null, null, release, false)).as("a release of what is not isolated").isEqualTo(Phase.NEEDS_SOMEBODY);
  }

  @Test
  void waitsForNobodyWhileCordonWorksAndWhenItIsOver() {
    assertThat(phase(null, null, null, false)).isEqualTo(Phase.WORKING);
    assertThat(Phase.of(about("CLOSED"), request, null, triage, true, NOW)).isEqualTo(Phase.OVER);
    assertThat(Phase.of(about("MERGED"), null, null, null, false, NOW)).isEqualTo(Phase.OVER);
  }

  private Phase phase(ApprovalRequest asked, ActionsOnCase actions, TaskClock task, boolean stuck) {
    return Phase.of(open, asked, actions, task, stuck, NOW);
  }

  private static ActionsOnCase actions(boolean moving, boolean isolated, Instant from, Instant to) {
    return new ActionsOnCase("c", moving, isolated, from, to);
  }

  private static CaseView about(String state) {
    CaseView about = mock(CaseView.class);
    when(about.state()).thenReturn(state);
    return about;
  }
}
