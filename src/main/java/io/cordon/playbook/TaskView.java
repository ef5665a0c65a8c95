package io.cordon.playbook;

import java.time.Instant;

/**
 * A task that waits for a person of this role. Times are UTC; dueAt is null when the task has no deadline of its own.
 *
 * @param machine name of the machine that it is about, where its case is about several; else null
 */
public record TaskView(
    String id, String caseId, String name, String key, String role, Instant createdAt, Instant dueAt, String machine) {
  public TaskView(String id, String caseId, String name, String key, String role, Instant createdAt, Instant dueAt) {
    this(id, caseId, name, key, role, createdAt, dueAt, null);
  }

  TaskView about(String name) {
    return new TaskView(id, caseId, this.name, key, role, createdAt, dueAt, name);
  }
}
