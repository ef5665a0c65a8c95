package io.cordon.web.console;

import io.cordon.platform.people.Person;
import io.cordon.playbook.PlaybookTasks;
import io.cordon.playbook.TaskView;
import io.cordon.web.api.ApiException;
import io.cordon.web.security.CurrentPerson;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Tasks of playbooks that wait for a person. The answer to an approval has its own page and never goes through here. */
@Controller
class TasksController {
  private final PlaybookTasks tasks;
  private final Forms forms;

  TasksController(PlaybookTasks tasks, Forms forms) {
    this.tasks = tasks;
    this.forms = forms;
  }

  @GetMapping("/tasks")
  String list(Authentication who, Model model) {
    model.addAttribute("tasks", tasks.open(CurrentPerson.of(who).roles(), 100));
    return "tasks";
  }

  @GetMapping("/tasks/{id}")
  String one(@PathVariable String id, Authentication who, Model model) {
    TaskView task = tasks.find(id).orElseThrow(ApiException::notFound);
    boolean mine = isFor(task, CurrentPerson.of(who));
    model.addAttribute("task", task);
    model.addAttribute("mine", mine);
    model.addAttribute("fields", mine ? forms.parse(tasks.form(id)) : List.of());
    model.addAttribute("values", Map.of());
    return "task";
  }

  @PostMapping("/tasks/{id}")
  String complete(@PathVariable String id, @RequestParam Map<String, String> posted, Authentication who) {
    TaskView task = tasks.find(id).orElseThrow(ApiException::notFound);
    Person person = CurrentPerson.of(who);
    if (!isFor(task, person)) {
      throw new ApiException(HttpStatus.FORBIDDEN, "TASK_OF_OTHERS");
    }
    tasks.complete(id, person, Forms.filled(forms.parse(tasks.form(id)), posted));
    return "redirect:/cases/" + task.caseId();
  }

  private static boolean isFor(TaskView task, Person person) {
    boolean approval = task.key() != null && task.key().toLowerCase(java.util.Locale.ROOT).contains("approve");
    return !approval && task.role() != null && person.roles().contains(task.role());
  }
}
