package io.cordon.web.console;

import io.cordon.alerts.CaseBook;
import io.cordon.evidence.EvidenceLog;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.Permits;
import io.cordon.playbook.PlaybookTasks;
import io.cordon.web.api.ApiException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of cases and the page of one. */
@Controller
class CasesController {
  private final CaseBook cases;
  private final ApprovalRequests approvals;
  private final Permits permits;
  private final PlaybookTasks tasks;
  private final EvidenceLog evidence;

  CasesController(
      CaseBook cases, ApprovalRequests approvals, Permits permits, PlaybookTasks tasks, EvidenceLog evidence) {
    this.cases = cases;
    this.approvals = approvals;
    this.permits = permits;
    this.tasks = tasks;
    this.evidence = evidence;
  }

  @GetMapping("/cases")
  String list(@RequestParam(required = false) String state, @RequestParam(required = false) String after, Model model) {
    String wanted = state == null || state.isBlank() ? null : state;
    model.addAttribute("cases", cases.list(wanted, null, after, 100));
    model.addAttribute("state", wanted == null ? "" : wanted);
    return "cases";
  }

  @GetMapping("/cases/{id}")
  String one(@PathVariable String id, Model model) {
    model.addAttribute("case", cases.find(id).orElseThrow(ApiException::notFound));
    model.addAttribute("approvals", approvals.ofCase(id));
    model.addAttribute("actions", permits.ofCase(id));
    model.addAttribute("tasks", tasks.ofCase(id));
    model.addAttribute("entries", evidence.entriesOfCase(id));
    return "case";
  }
}
