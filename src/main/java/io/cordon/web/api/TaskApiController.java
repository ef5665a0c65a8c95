package io.cordon.web.api;

import io.cordon.playbook.PlaybookTasks;
import io.cordon.web.security.CurrentPerson;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tasks of the playbooks for scripts: completes one with the fields of its form. */
@RestController
class TaskApiController {
  private final PlaybookTasks tasks;

  TaskApiController(PlaybookTasks tasks) {
    this.tasks = tasks;
  }

  @PostMapping("/api/tasks/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void complete(@PathVariable String id, @RequestBody Map<String, String> fields, Authentication who) {
    tasks.complete(id, CurrentPerson.of(who), fields);
  }
}
