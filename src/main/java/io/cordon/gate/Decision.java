package io.cordon.gate;

import io.cordon.platform.people.Person;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An answer to an approval request, as a person gave it on the page, by the API or in Teams. Times are UTC instants.
 *
 * @param windowFrom when the action may start; null means now. Only for APPROVE
 * @param windowTo when the window closes; only for APPROVE
 * @param comment free text; sealed, never shown outside the sealed store
 * @param seen what the person had in front of them
 */
public record Decision(
    String approvalId,
    int requestRevision,
    Verdict verdict,
    Instant windowFrom,
    Instant windowTo,
    Instant backBy,
    ProcedureImpact procedureImpact,
    String reasonCode,
    String comment,
    Person person,
    Seen seen) {

  /** An answer of somebody who was shown nothing besides the request. */
  public Decision(
      String approvalId,
      int requestRevision,
      Verdict verdict,
      Instant windowFrom,
      Instant windowTo,
      Instant backBy,
      ProcedureImpact procedureImpact,
      String reasonCode,
      String comment,
      Person person) {
    this(approvalId, requestRevision, verdict, windowFrom, windowTo, backBy, procedureImpact, reasonCode, comment, person, Seen.NOTHING);
  }

  /** The same with its times cut to milliseconds, as they are stored and hashed; a window from now starts at this moment. */
  Decision inMillis(Instant now) {
    Instant from = windowFrom == null ? now : windowFrom;
    return new Decision(
        approvalId, requestRevision, verdict, from.truncatedTo(ChronoUnit.MILLIS), windowTo.truncatedTo(ChronoUnit.MILLIS),
        backBy.truncatedTo(ChronoUnit.MILLIS), procedureImpact, reasonCode, comment, person, seen);
  }

  @Override
  public String toString() {
    return "Decision[" + approvalId + ", " + verdict + ", [raw]]";
  }
}
