/**
 * Owns the evidence log: one append-only list of typed events, canonical JSON hashed into an RFC 6962 tree whose
 * checkpoints are signed with Ed25519, the bundle an auditor takes away and its offline verifier. May import only
 * {@code io.cordon.platform}.
 */
package io.cordon.evidence;
