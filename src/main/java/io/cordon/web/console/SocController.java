package io.cordon.web.console;

import io.cordon.alerts.CaseBook;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.Withdrawal;
import io.cordon.playbook.Emergencies;
import io.cordon.playbook.Playbooks;
import io.cordon.web.api.ApiException;
import io.cordon.web.security.CurrentPerson;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The buttons on a case: ask Clinical Ops, declare an emergency, and take the question back. */
@Controller
class SocController {
  private final CaseBook cases;
  private final ApprovalRequests approvals;
  private final Playbooks playbooks;
  private final Emergencies emergencies;
  private final Withdrawal withdrawal;

  SocController(CaseBook cases, ApprovalRequests approvals, Playbooks playbooks, Emergencies emergencies, Withdrawal withdrawal) {
    this.emergencies = emergencies;
    this.cases = cases;
    this.approvals = approvals;
    this.playbooks = playbooks;
    this.withdrawal = withdrawal;
  }

  @PostMapping("/cases/{id}/playbooks/{key}")
  String launch(@PathVariable String id, @PathVariable String key, Authentication who, RedirectAttributes after) {
    cases.find(id).orElseThrow(ApiException::notFound);
    playbooks.launch(id, key, CurrentPerson.of(who));
    after.addFlashAttribute("done", "launched");
    return "redirect:/cases/{id}";
  }

  @PostMapping("/cases/{id}/playbooks/emergencyContainment")
  String declare(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String reasonCode,
      @RequestParam(defaultValue = "false") boolean onCallSilent,
      Authentication who,
      RedirectAttributes after) {
    cases.find(id).orElseThrow(ApiException::notFound);
    emergencies.declare(id, CurrentPerson.of(who), reasonCode, onCallSilent);
    after.addFlashAttribute("done", "emergency");
    return "redirect:/cases/{id}";
  }

  @PostMapping("/approvals/{id}/withdrawal")
  String withdraw(
      @PathVariable String id, @RequestParam(defaultValue = "") String reasonCode, Authentication who, RedirectAttributes after) {
    ApprovalRequest request = approvals.find(id).orElseThrow(ApiException::notFound);
    after.addFlashAttribute("outcome", withdrawal.withdraw(id, CurrentPerson.of(who), reasonCode));
    return "redirect:/cases/" + request.caseId();
  }
}
