package io.cordon.platform.sealed;

import java.time.Instant;
import java.util.UUID;

/**
 * That something is sealed, not what it says.
 *
 * @param caseId the case it belongs to, or null
 * @param sha256 the salted hash by which evidence refers to it
 */
public record SealedItem(UUID id, String caseId, String kind, String sha256, Instant sealedAt) {}
