package io.cordon.gate;

import java.time.Instant;

/**
 * The question that comes up once between an approval and its action, because something is worse than the approver saw.
 * Times are UTC instants.
 *
 * @param reason CLEARANCE_WORSE, WINDOW_GONE or CALENDAR_UNREADABLE
 * @param answer PROCEED, STOP, or null
 */
public record LastQuestion(String approvalId, String reason, Instant askedAt, Instant answerDeadline, String answer) {
  /** Whether an answer would still count. */
  public boolean isOpen(Instant now) {
    return answer == null && now.isBefore(answerDeadline);
  }
}
