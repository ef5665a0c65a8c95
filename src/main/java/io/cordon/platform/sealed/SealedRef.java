package io.cordon.platform.sealed;

import java.util.UUID;

/** Points to sealed material. {@code sha256} is the lower-case hex of SHA-256(salt || bytes); the salt stays inside. */
public record SealedRef(UUID id, String sha256) {}
