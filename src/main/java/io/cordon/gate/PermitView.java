package io.cordon.gate;

import java.time.Instant;

/** A permit and what became of its action; times UTC, null while not reached; targetOrdinal is the machine's place in its plan. */
public record PermitView(
    String id,
    String approvalId,
    String caseId,
    String mdeDeviceId,
    String token,
    String action,
    int attempt,
    String state,
    String mdeActionId,
    int readBacks,
    int sends,
    Instant notAfter,
    Instant intendedAt,
    Instant sentAt,
    Instant settledAt,
    int targetOrdinal) {}
