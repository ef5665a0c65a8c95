package io.cordon.web.console;

import io.cordon.alerts.CaseView;
import io.cordon.gate.ApprovalRequest;
import io.cordon.playbook.TaskClock;
import java.time.Instant;

/**
 * A line of the case list.
 *
 * @param waitsFor name of the task the case waits for; null when it waits for none
 * @param clinical whether it waits for an answer of Clinical Ops
 * @param due the deadline that comes next, or null
 */
record CaseRow(CaseView about, String machine, String waitsFor, boolean clinical, Instant due) {
  static CaseRow of(CaseView about, ApprovalRequest request, TaskClock task) {
    String machine = Machines.name(about);
    if (request != null) {
      return new CaseRow(about, machine, null, true, request.answerDeadline());
    }
    return new CaseRow(about, machine, task == null ? null : task.name(), false, task == null ? null : task.dueAt());
  }
}
