package io.cordon.web.console;

import io.cordon.alerts.CaseBook;
import io.cordon.playbook.Filled;
import io.cordon.playbook.PlaybookTasks;
import io.cordon.playbook.TaskRefusedException;
import io.cordon.playbook.TaskView;
import io.cordon.web.api.ApiException;
import io.cordon.web.security.CurrentPerson;
import io.cordon.web.security.TypedDrafts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Tasks of playbooks that wait for a person. The answer to an approval has its own page and never goes through here. */
@Controller
class TasksController {
  private final PlaybookTasks tasks;
  private final CaseBook cases;
  private final TypedDrafts drafts;

  TasksController(PlaybookTasks tasks, CaseBook cases, TypedDrafts drafts) {
    this.drafts = drafts;
    this.tasks = tasks;
    this.cases = cases;
  }

  @GetMapping("/tasks")
  String list(Authentication who, Model model) {
    List<TaskView> open = tasks.open(CurrentPerson.of(who).roles(), 100);
    model.addAttribute("tasks", open);
    model.addAttribute("machines", Machines.of(cases, open.stream().map(TaskView::caseId)));
    return "tasks";
  }

  @GetMapping("/tasks/{id}")
  String one(@PathVariable String id, Authentication who, Model model, HttpServletRequest asked) {
    Map<String, String> typed = drafts.of(asked, CurrentPerson.of(who));
    model.addAttribute("restored", !typed.isEmpty());
    return show(tasks.find(id).orElseThrow(ApiException::notFound), who, new Filled(typed, Map.of()), model);
  }

  @PostMapping("/tasks/{id}")
  String complete(
      @PathVariable String id,
      @RequestParam Map<String, String> posted,
      Authentication who,
      Model model,
      RedirectAttributes after,
      HttpServletRequest sent,
      HttpServletResponse response) {
    TaskView task = tasks.find(id).orElseThrow(ApiException::notFound);
    if (!CurrentPerson.of(who).roles().contains(task.role())) {
      throw new ApiException(HttpStatus.FORBIDDEN, "TASK_OF_OTHERS");
    }
    Filled filled = tasks.form(id).filled(posted);
    if (filled.isGood()) {
      filled = complete(task, filled, who);
    }
    if (filled.isGood()) {
      drafts.forget(sent, response, "/tasks/" + id);
      after.addFlashAttribute("done", task.key());
      return "redirect:/cases/" + task.caseId();
    }
    response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
    return show(task, who, new Filled(posted, filled.problems()), model);
  }

  /** A field the playbook cannot use comes back as a problem of the form; any other refusal ends on its own page. */
  private Filled complete(TaskView task, Filled filled, Authentication who) {
    try {
      tasks.complete(task.id(), CurrentPerson.of(who), filled.values());
      return filled;
    } catch (TaskRefusedException refused) {
      if (!"INVALID_FIELDS".equals(refused.code())) {
        throw refused;
      }
      return new Filled(filled.values(), Map.of(filled.values().containsKey("assetChoice") ? "assetChoice" : "form", "CODE"));
    }
  }

  private String show(TaskView task, Authentication who, Filled filled, Model model) {
    boolean mine = CurrentPerson.of(who).roles().contains(task.role());
    model.addAttribute("task", task);
    model.addAttribute("case", cases.find(task.caseId()).orElse(null));
    model.addAttribute("mine", mine);
    model.addAttribute("fields", mine ? tasks.form(task.id()).fields() : List.of());
    model.addAttribute("values", filled.values());
    model.addAttribute("problems", filled.problems());
    return "task";
  }
}
