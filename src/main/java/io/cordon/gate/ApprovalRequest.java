package io.cordon.gate;

import java.time.Instant;

/**
 * One question to Clinical Ops about one plan. Times are UTC instants.
 *
 * @param requestRevision rises with every change of the question; an answer names the revision it answers
 * @param tier 1 for the first people asked, 2 for the next
 * @param windowFrom when the action may start; null until granted, as are windowTo, backBy and decisionHash
 * @param backBy when the service is expected back
 */
public record ApprovalRequest(
    String id,
    String caseId,
    String planId,
    String processInstance,
    ApprovalState state,
    int requestRevision,
    int tier,
    String approverRole,
    String clinicalService,
    int quorum,
    Instant askedAt,
    Instant answerDeadline,
    Instant decidedAt,
    Instant windowFrom,
    Instant windowTo,
    Instant backBy,
    ProcedureImpact procedureImpact,
    String decisionHash) {

  /** When it is too late to act: at the window's end, and no later than the service is expected back; null until granted. */
  public Instant tooLateAt() {
    return backBy != null && backBy.isBefore(windowTo) ? backBy : windowTo;
  }
}
