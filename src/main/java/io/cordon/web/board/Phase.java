package io.cordon.web.board;

import io.cordon.alerts.CaseView;
import io.cordon.gate.ActionsOnCase;
import io.cordon.gate.ApprovalRequest;
import io.cordon.playbook.TaskClock;
import java.time.Instant;
import java.util.Set;

/** How far a case has come, in the order in which somebody should look. */
enum Phase {
  /** A person must do something, and nobody but a person will. */
  NEEDS_SOMEBODY,
  /** Clinical Ops was asked. */
  ASKED,
  /** Agreed to; the window is not open yet. */
  WINDOW_AHEAD,
  /** Agreed to, and on its way to the machine or away from it. */
  ACTING,
  /** The machine is off the network until it is released. */
  ISOLATED,
  /** Cordon looks the machine up, decides or tells somebody: it takes seconds. */
  WORKING,
  /** Closed, or merged into another case. */
  OVER;

  private static final Set<String> RELEASE_TASKS = Set.of("userTask_releaseHost", "userTask_holdOrRelease");

  /**
   * The phase of a case.
   *
   * @param request what waits for an answer, or null
   * @param actions what was agreed to and done, or null when nothing was
   * @param task the open task with the next deadline, or null
   * @param stuck whether a step failed as often as it may
   */
  static Phase of(CaseView about, ApprovalRequest request, ActionsOnCase actions, TaskClock task, boolean stuck, Instant now) {
    if (!"OPEN".equals(about.state())) {
      return OVER;
    }
    boolean isolated = actions != null && actions.isolated();
    if (stuck || task != null && !(isolated && RELEASE_TASKS.contains(task.key()))) {
      return NEEDS_SOMEBODY;
    }
    if (request != null) {
      return ASKED;
    }
    if (actions != null && actions.moving()) {
      return ACTING;
    }
    if (isolated) {
      return ISOLATED;
    }
    return actions == null || !actions.isAgreed(now) ? WORKING : actions.windowFrom().isAfter(now) ? WINDOW_AHEAD : ACTING;
  }

  /** The time that matters now, or null when there is none. */
  Instant clock(ApprovalRequest request, ActionsOnCase actions, TaskClock task) {
    return switch (this) {
      case NEEDS_SOMEBODY, ISOLATED -> task == null ? null : task.dueAt();
      case ASKED -> request.answerDeadline();
      case WINDOW_AHEAD -> actions.windowFrom();
      case ACTING -> actions.tooLateAt();
      case WORKING, OVER -> null;
    };
  }
}
