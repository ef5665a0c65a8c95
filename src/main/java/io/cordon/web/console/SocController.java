package io.cordon.web.console;

import io.cordon.alerts.CaseBook;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.Withdrawal;
import io.cordon.playbook.ChangeTickets;
import io.cordon.playbook.Emergencies;
import io.cordon.playbook.ProcessStopping;
import io.cordon.playbook.campaign.Campaigns;
import io.cordon.web.api.ApiException;
import io.cordon.web.security.CurrentPerson;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The buttons on a case: ask Clinical Ops, change what is asked, declare an emergency, and take the question back. */
@Controller
class SocController {
  private final CaseBook cases;
  private final ApprovalRequests approvals;
  private final Campaigns campaigns;
  private final Emergencies emergencies;
  private final ProcessStopping stopping;
  private final Withdrawal withdrawal;
  private final ChangeTickets tickets;

  SocController(CaseBook cases, ApprovalRequests approvals, Campaigns campaigns, Emergencies emergencies, ProcessStopping stopping, Withdrawal withdrawal, ChangeTickets tickets) {
    this.tickets = tickets;
    this.stopping = stopping;
    this.emergencies = emergencies;
    this.cases = cases;
    this.approvals = approvals;
    this.campaigns = campaigns;
    this.withdrawal = withdrawal;
  }

  @PostMapping("/cases/{id}/playbooks/{key}")
  String launch(
      @PathVariable String id,
      @PathVariable String key,
      @RequestParam(required = false) List<String> target,
      @RequestParam(defaultValue = "") String more,
      Authentication who,
      RedirectAttributes after) {
    cases.find(id).orElseThrow(ApiException::notFound);
    campaigns.start(id, key, named(target, more), CurrentPerson.of(who));
    after.addFlashAttribute("done", "launched");
    return "redirect:/cases/{id}";
  }

  @PostMapping("/cases/{id}/playbooks/stopProcess")
  String stop(
      @PathVariable String id,
      @RequestParam(defaultValue = "0") long process,
      @RequestParam(defaultValue = "") String dataStatement,
      Authentication who,
      RedirectAttributes after) {
    cases.find(id).orElseThrow(ApiException::notFound);
    stopping.start(id, process, dataStatement, CurrentPerson.of(who));
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

  @PostMapping("/cases/{id}/change-ticket")
  String ticket(@PathVariable String id, @RequestParam(defaultValue = "") String number, Authentication who, RedirectAttributes after) {
    cases.find(id).orElseThrow(ApiException::notFound);
    tickets.give(id, CurrentPerson.of(who), number);
    after.addFlashAttribute("done", "changeTicket");
    return "redirect:/cases/{id}";
  }

  @PostMapping("/approvals/{id}/machines")
  String change(@PathVariable String id, @RequestParam(defaultValue = "") String more, Authentication who, RedirectAttributes after) {
    ApprovalRequest request = approvals.find(id).orElseThrow(ApiException::notFound);
    campaigns.change(id, named(null, more), CurrentPerson.of(who));
    after.addFlashAttribute("done", "changedPlan");
    return "redirect:/cases/" + request.caseId();
  }

  /** Ticked cases, and device ids as somebody pasted them. */
  private static List<String> named(List<String> ticked, String pasted) {
    return Stream.concat(Stream.ofNullable(ticked).flatMap(List::stream), Stream.of(pasted.split("[\\s,;]+"))).filter(name -> !name.isBlank()).toList();
  }

  @PostMapping("/approvals/{id}/withdrawal")
  String withdraw(
      @PathVariable String id, @RequestParam(defaultValue = "") String reasonCode, Authentication who, RedirectAttributes after) {
    ApprovalRequest request = approvals.find(id).orElseThrow(ApiException::notFound);
    after.addFlashAttribute("outcome", withdrawal.withdraw(id, CurrentPerson.of(who), reasonCode));
    return "redirect:/cases/" + request.caseId();
  }
}
