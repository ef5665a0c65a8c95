package io.cordon.web.console;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.assets.AssetProofs;
import io.cordon.containment.watch.OutOfBandActions;
import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceLog;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.EmergencyReason;
import io.cordon.gate.PermitView;
import io.cordon.gate.Permits;
import io.cordon.gate.Plan;
import io.cordon.gate.PlanTarget;
import io.cordon.gate.Plans;
import io.cordon.gate.ReasonCode;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.playbook.ChangeTickets;
import io.cordon.playbook.Compensations;
import io.cordon.playbook.Emergencies;
import io.cordon.playbook.PlaybookTasks;
import io.cordon.playbook.ProcessStopping;
import io.cordon.playbook.StuckSteps;
import io.cordon.playbook.TaskView;
import io.cordon.web.api.ApiException;
import io.cordon.web.security.CurrentPerson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of a case. */
@Controller
class CasesController {
  private static final Set<String> STOPPABLE = Set.of("INTENDED", "SENDING", "SENT");

  private final CaseBook cases;
  private final AssetProofs proofs;
  private final ApprovalRequests approvals;
  private final Permits permits;
  private final Plans plans;
  private final PlaybookTasks tasks;
  private final StuckSteps stuckSteps;
  private final Emergencies emergencies;
  private final Compensations compensations;
  private final ProcessStopping stopping;
  private final OutOfBandActions past;
  private final EvidenceLog evidence;
  private final ChangeTickets tickets;

  CasesController(
      CaseBook cases,
      AssetProofs proofs,
      ApprovalRequests approvals,
      Permits permits,
      Plans plans,
      PlaybookTasks tasks,
      StuckSteps stuckSteps,
      Emergencies emergencies,
      Compensations compensations,
      ProcessStopping stopping,
      OutOfBandActions past,
      EvidenceLog evidence,
      ChangeTickets tickets) {
    this.tickets = tickets;
    this.stopping = stopping;
    this.past = past;
    this.emergencies = emergencies;
    this.compensations = compensations;
    this.stuckSteps = stuckSteps;
    this.cases = cases;
    this.proofs = proofs;
    this.approvals = approvals;
    this.permits = permits;
    this.plans = plans;
    this.tasks = tasks;
    this.evidence = evidence;
  }

  @GetMapping("/cases/{id}")
  String one(@PathVariable String id, @RequestParam(required = false) Long before, Authentication who, Model model) {
    CaseView about = cases.find(id).orElseThrow(ApiException::notFound);
    Person person = CurrentPerson.of(who);
    List<ApprovalRequest> asked = approvals.ofCase(id);
    List<ApprovalRequest> waiting = approvals.waitingIn(List.of(id));
    List<PermitView> actions = permits.ofCase(id);
    List<TaskView> open = tasks.ofCase(id);
    boolean security = person.has(Role.SOC_ANALYST) || person.has(Role.SECURITY_LEAD);
    model.addAttribute("case", about);
    model.addAttribute("machine", Machines.name(about));
    model.addAttribute("proof", proofs.find(id).orElse(null));
    model.addAttribute("approvals", asked);
    model.addAttribute("again", waiting.stream().filter(one -> !one.state().isLive()).collect(Collectors.toMap(ApprovalRequest::id, Function.identity())));
    model.addAttribute("turn", turn(waiting));
    model.addAttribute("actions", actions);
    model.addAttribute("past", past.ofCase(id));
    model.addAttribute("tasks", open);
    model.addAttribute("stuck", stuckSteps.anyIn(id));
    model.addAttribute("processes", stopping.offered(id, person));
    model.addAttribute("canCompensate", compensations.isPossible(id, person));
    model.addAttribute("canDeclare", Emergencies.mayDeclare(person) && emergencies.isPossible(id));
    model.addAttribute("emergencyReasons", EmergencyReason.values());
    model.addAttribute("withdrawable", security ? withdrawable(asked, actions) : Set.of());
    model.addAttribute("reasons", ReasonCode.values());
    model.addAttribute("names", plans.names(actions.stream().map(PermitView::mdeDeviceId).distinct().toList()));
    boolean canLaunch = person.has(Role.SOC_ANALYST) && about.mdeDeviceId() != null && open.stream().anyMatch(task -> "userTask_triage".equals(task.key()));
    model.addAttribute("canLaunch", canLaunch);
    model.addAttribute("others", canLaunch ? othersInTriage(id) : List.of());
    model.addAttribute("changeable", person.has(Role.SOC_ANALYST) ? changeable(asked) : Map.of());
    model.addAttribute("ticket", wantsTicket(about, asked, person));
    addTimeline(id, before, model);
    return "case";
  }

  /** The name of the text that says whom a case without a task waits for. */
  private String turn(List<ApprovalRequest> waiting) {
    List<ApprovalRequest> ofTwo = waiting.stream().filter(request -> request.state().isLive() && request.quorum() > 1).toList();
    if (ofTwo.stream().anyMatch(request -> plans.find(request.planId()).filter(Plan::isEmergency).isPresent())) {
      return "case.leadsTurn";
    }
    if (ofTwo.stream().anyMatch(request -> request.decisionHash() != null)) {
      return "case.securityTurn";
    }
    return waiting.isEmpty() ? "case.noTask" : "case.clinicalTurn";
  }

  /** The name of the text that asks for the change's number, or null: it is asked for from the approval on until it is given. */
  private String wantsTicket(CaseView about, List<ApprovalRequest> asked, Person person) {
    List<ApprovalRequest> granted = asked.stream().filter(request -> request.state().name().equals("GRANTED")).toList();
    if (granted.isEmpty() || !"OPEN".equals(about.state()) || !ChangeTickets.mayGive(person) || tickets.isGiven(about.id())) {
      return null;
    }
    boolean byPlan = plans.find(granted.get(granted.size() - 1).planId()).filter(plan -> Plan.BY_PLAN.equals(plan.release())).isPresent();
    return byPlan ? "ticket.byPlan" : "ticket.byHand";
  }

  private void addTimeline(String id, Long before, Model model) {
    List<EvidenceEntry> page = before == null ? evidence.entriesOfCase(id) : evidence.entriesOfCaseBefore(id, before);
    model.addAttribute("timeline", page.stream().map(TimelineLine::of).toList());
    model.addAttribute("before", before);
    model.addAttribute("older", page.size() == EvidenceLog.CASE_PAGE ? page.get(0).seq() : null);
  }

  /** Other cases that wait for the same people, whose machines can be asked about together with this one. */
  private List<CaseView> othersInTriage(String id) {
    List<String> waiting =
        tasks.open(Set.of(Role.SOC_ANALYST.claim()), 200).stream().filter(task -> "userTask_triage".equals(task.key())).map(TaskView::caseId).toList();
    return cases.list("OPEN", null, null, 200).stream()
        .filter(other -> !other.id().equals(id) && waiting.contains(other.id()) && other.machineName() != null && other.mdeDeviceId() != null)
        .limit(Plans.MOST_MACHINES)
        .toList();
  }

  /** The device ids of each question whose machines can still be changed, one a line. */
  private Map<String, String> changeable(List<ApprovalRequest> asked) {
    return asked.stream()
        .filter(request -> request.state().isLive() && request.quorum() > 1)
        .collect(Collectors.toMap(
            ApprovalRequest::id,
            request -> plans.targets(request.planId()).stream().map(PlanTarget::mdeDeviceId).collect(Collectors.joining("\n"))));
  }

  /** Requests that can still be taken back with an effect: nothing was done yet, or it is on its way and can be cancelled. */
  private static Set<String> withdrawable(List<ApprovalRequest> asked, List<PermitView> actions) {
    Set<String> moving = actions.stream().filter(action -> STOPPABLE.contains(action.state())).map(PermitView::approvalId).collect(Collectors.toSet());
    Set<String> settled = actions.stream().map(PermitView::approvalId).filter(id -> !moving.contains(id)).collect(Collectors.toSet());
    return asked.stream()
        .filter(request -> request.state().isLive() || (request.state().name().equals("GRANTED") && !settled.contains(request.id())))
        .map(ApprovalRequest::id)
        .collect(Collectors.toSet());
  }
}
