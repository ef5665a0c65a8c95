package io.cordon.playbook.handlers;

import io.cordon.channels.TaskPages;
import io.cordon.playbook.PlaybookTasks;
import io.cordon.playbook.StuckSteps;
import io.cordon.playbook.TaskView;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.Work;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Pages whoever lets a task of the case pass its due date, and when Cordon itself is stuck; takes the page back when neither
 * is so any more.
 */
@Component
class RemindHandler implements TopicHandler {
  private final PlaybookTasks tasks;
  private final StuckSteps stuckSteps;
  private final TaskPages pages;
  private final Clock clock;

  RemindHandler(PlaybookTasks tasks, StuckSteps stuckSteps, TaskPages pages, Clock clock) {
    this.tasks = tasks;
    this.stuckSteps = stuckSteps;
    this.pages = pages;
    this.clock = clock;
  }

  @Override
  public String topic() {
    return "pagerduty.remind";
  }

  @Override
  public Map<String, Object> handle(Work work) {
    List<TaskView> overdue = overdue(work.caseId());
    int stuck = stuckSteps.tryAgain(work.caseId());
    if (stuck > 0) {
      pages.stuck(work.caseId(), stuck);
    } else if (!overdue.isEmpty()) {
      pages.remind(work.caseId(), overdue.get(0).name(), overdue.get(0).role(), overdue.size());
    } else if (Boolean.TRUE.equals(work.variables().get("reminded"))) {
      pages.settle(work.caseId());
    }
    return Map.of("reminded", stuck > 0 || !overdue.isEmpty());
  }

  private List<TaskView> overdue(String caseId) {
    Instant now = clock.instant();
    return tasks.ofCase(caseId).stream()
        .filter(task -> task.dueAt() != null && !task.dueAt().isAfter(now))
        .sorted(Comparator.comparing(TaskView::dueAt))
        .toList();
  }
}
