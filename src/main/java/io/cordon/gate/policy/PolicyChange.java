package io.cordon.gate.policy;

import java.time.Instant;

/**
 * A table and what became of it; times are UTC instants.
 *
 * @param state PROPOSED, REJECTED, STALE, IN_FORCE or REPLACED
 * @param origin SITE, or SHIPPED when it came with the software
 * @param version null unless it is or was in force
 * @param baseVersion the version it was proposed to replace
 * @param proposedBy object id, or null when it came with the software and nobody proposed it yet
 */
public record PolicyChange(
    String id,
    String state,
    String origin,
    Integer version,
    int baseVersion,
    String sha256,
    String proposedTid,
    String proposedBy,
    Instant proposedAt,
    String decidedTid,
    String decidedBy,
    Instant decidedAt) {}
