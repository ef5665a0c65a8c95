package io.cordon.web.board;

import io.cordon.alerts.CaseView;
import java.time.Instant;

/**
 * A case on the board.
 *
 * @param waitsFor name of the task it waits for, or null
 * @param second whether one person agreed and a second one must
 * @param stuck whether a step failed as often as it may and somebody must try it again
 * @param clock the time that matters in its phase, UTC, or null
 */
record BoardRow(CaseView about, Phase phase, String waitsFor, boolean second, boolean stuck, Instant clock) {
  /** The name of the task that must be done, in the phases in which one is; else null. */
  public String task() {
    return phase == Phase.NEEDS_SOMEBODY || phase == Phase.ISOLATED ? waitsFor : null;
  }

  /** What to call the machine while it is not known which one it is: the case's id. */
  public String machine() {
    return about.machineName() == null || about.machineName().isBlank() ? about.id() : about.machineName();
  }
}
