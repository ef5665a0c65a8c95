package io.cordon.gate;

import io.cordon.platform.people.Person;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * An answer to an approval request, as a person gave it on the page, by the API or in Teams. Times are UTC instants.
 *
 * @param windowFrom when the action may start; null means now. Only for APPROVE
 * @param windowTo when the window closes; only for APPROVE
 * @param comment free text; sealed, never shown outside the sealed store
 * @param seen what the person had in front of them
 * @param leftOut device ids of machines that the yes is not for; only where the plan has several
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
    Seen seen,
    Set<String> leftOut) {
  public Decision {
    leftOut = leftOut == null ? Set.of() : Set.copyOf(leftOut);
  }

  /** An answer for every machine of the plan. */
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
      Person person,
      Seen seen) {
    this(approvalId, requestRevision, verdict, windowFrom, windowTo, backBy, procedureImpact, reasonCode, comment, person, seen, Set.of());
  }

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

  /** The same answer by the person as the directory knows them. */
  Decision by(Person known) {
    return new Decision(
        approvalId, requestRevision, verdict, windowFrom, windowTo, backBy, procedureImpact, reasonCode, comment, known, seen, leftOut);
  }

  /** The same with its times cut to milliseconds, as they are stored and hashed; a window from now starts at this moment. */
  Decision inMillis(Instant now) {
    Instant from = windowFrom == null ? now : windowFrom;
    return new Decision(
        approvalId, requestRevision, verdict, from.truncatedTo(ChronoUnit.MILLIS), windowTo.truncatedTo(ChronoUnit.MILLIS),
        backBy.truncatedTo(ChronoUnit.MILLIS), procedureImpact, reasonCode, comment, person, seen, leftOut);
  }

  @Override
  public String toString() {
    return "Decision[" + approvalId + ", " + verdict + ", [raw]]";
  }
}
