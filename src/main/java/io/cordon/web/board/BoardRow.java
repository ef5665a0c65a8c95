package io.cordon.web.board;

import io.cordon.alerts.CaseView;
import java.time.Instant;

/**
 * A case on the board.
 *
 * @param waitsFor name of the task it waits for, or null
 * @param stuck whether a step failed as often as it may and somebody must try it again
 * @param clock the time that matters in its phase, UTC, or null
 */
record BoardRow(CaseView about, Phase phase, String waitsFor, boolean stuck, Instant clock) {
  /** What to call the machine while it is not known which one it is: the case's id. */
  public String machine() {
    return about.machineName() == null || about.machineName().isBlank() ? about.id() : about.machineName();
  }
}
