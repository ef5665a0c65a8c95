package io.cordon.playbook;

import java.time.Instant;

/** A task a case waits for, with its key in the model, and by when; dueAt is UTC and null when the task has no deadline of its own. */
public record TaskClock(String caseId, String key, String name, Instant dueAt) {
  TaskClock sooner(TaskClock other) {
    return dueAt == null || (other.dueAt != null && other.dueAt.isBefore(dueAt)) ? other : this;
  }
}
