package io.cordon.playbook;

import java.time.Instant;

/** A task that waits for a person of this role. Times are UTC; dueAt is null when the task has no deadline of its own. */
public record TaskView(String id, String caseId, String name, String key, String role, Instant createdAt, Instant dueAt) {}
