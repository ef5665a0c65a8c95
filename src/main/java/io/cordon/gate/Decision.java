package io.cordon.gate;

import io.cordon.platform.people.Person;
import java.time.Instant;

/**
 * An answer to an approval request, as a person gave it on the page, by the API or in Teams. Times are UTC instants.
 *
 * @param windowFrom when the action may start; null means now. Only for APPROVE
 * @param windowTo when the window closes; only for APPROVE
 * @param comment free text; sealed, never shown outside the sealed store
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
    Person person) {}
