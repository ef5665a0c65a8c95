package io.cordon.playbook.handlers;

import io.cordon.channels.TaskPages;
import io.cordon.playbook.PlaybookTasks;
import io.cordon.playbook.TaskView;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.Work;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Pages whoever lets a task of the case pass its due date, and takes the page back when none is overdue any more. */
@Component
class RemindHandler implements TopicHandler {
  private final PlaybookTasks tasks;
  private final TaskPages pages;
  private final Clock clock;

  RemindHandler(PlaybookTasks tasks, TaskPages pages, Clock clock) {
    this.tasks = tasks;
    this.pages = pages;
    this.clock = clock;
  }

  @Override
  public String topic() {
    return "pagerduty.remind";
  }

  @Override
  public Map<String, Object> handle(Work work) {
    Instant now = clock.instant();
    List<TaskView> overdue =
        tasks.ofCase(work.caseId()).stream()
            .filter(task -> task.dueAt() != null && !task.dueAt().isAfter(now))
            .sorted(Comparator.comparing(TaskView::dueAt))
            .toList();
    if (!overdue.isEmpty()) {
      pages.remind(work.caseId(), overdue.get(0).name(), overdue.get(0).role(), overdue.size());
    } else if (Boolean.TRUE.equals(work.variables().get("reminded"))) {
      pages.settle(work.caseId());
    }
    return Map.of("reminded", !overdue.isEmpty());
  }
}
