package io.cordon.web.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.alerts.NamedProcesses;
import io.cordon.evidence.EvidenceLog;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.PermitView;
import io.cordon.gate.Permits;
import io.cordon.playbook.Emergencies;
import io.cordon.playbook.PlaybookTasks;
import io.cordon.playbook.ProcessStopping;
import io.cordon.playbook.TaskView;
import io.cordon.playbook.campaign.Campaigns;
import io.cordon.web.security.CurrentPerson;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Cases: list, one with everything that hangs on it, and the launch of a playbook. */
@RestController
class CaseController {
  private static final int PAGE = 100;

  private final CaseBook cases;
  private final ApprovalRequests approvals;
  private final Permits permits;
  private final PlaybookTasks tasks;
  private final Campaigns campaigns;
  private final Emergencies emergencies;
  private final ProcessStopping stopping;
  private final EvidenceLog evidence;

  CaseController(
      CaseBook cases,
      ApprovalRequests approvals,
      Permits permits,
      PlaybookTasks tasks,
      Campaigns campaigns,
      Emergencies emergencies,
      ProcessStopping stopping,
      EvidenceLog evidence) {
    this.stopping = stopping;
    this.emergencies = emergencies;
    this.cases = cases;
    this.approvals = approvals;
    this.permits = permits;
    this.tasks = tasks;
    this.campaigns = campaigns;
    this.evidence = evidence;
  }

  /** A case and what hangs on it. */
  record WholeCase(
      @JsonUnwrapped CaseView about,
      List<ApprovalRequest> approvals,
      List<PermitView> actions,
      List<TaskView> tasks) {}

  @GetMapping("/api/cases")
  Page<CaseView> list(
      @RequestParam(required = false) String state,
      @RequestParam(required = false) String service,
      @RequestParam(required = false) String after) {
    List<CaseView> found = cases.list(state, service, after, PAGE);
    return new Page<>(found, found.size() < PAGE ? null : found.get(found.size() - 1).id());
  }

  @GetMapping("/api/cases/{id}")
  WholeCase one(@PathVariable String id) {
    CaseView about = cases.find(id).orElseThrow(ApiException::notFound);
    return new WholeCase(about, approvals.ofCase(id), permits.ofCase(id), tasks.ofCase(id));
  }

  /** Entries of a case from a sequence number; next is the from of the following page. */
  @GetMapping("/api/cases/{id}/evidence")
  Page<EntryView> evidence(@PathVariable String id, @RequestParam(defaultValue = "0") long from) {
    cases.find(id).orElseThrow(ApiException::notFound);
    List<EntryView> found = evidence.entriesOfCaseFrom(id, from).stream().map(EntryView::of).toList();
    boolean full = found.size() == EvidenceLog.CASE_PAGE;
    return new Page<>(found, full ? Long.toString(found.get(found.size() - 1).seq() + 1) : null);
  }

  /**
   * Why an emergency is declared.
   *
   * @param reasonCode an {@link io.cordon.gate.EmergencyReason}
   * @param onCallSilent whether the clinical on-call cannot be reached, so that the executive is asked in their place
   */
  record Emergency(String reasonCode, boolean onCallSilent) {}

  @PostMapping({"/api/cases/{id}/playbooks/emergencyContainment", "/api/cases/{id}/playbooks/emergency-containment"})
  @ResponseStatus(HttpStatus.ACCEPTED)
  void declare(@PathVariable String id, @RequestBody Emergency why, Authentication who) {
    cases.find(id).orElseThrow(ApiException::notFound);
    emergencies.declare(id, CurrentPerson.of(who), why.reasonCode(), why.onCallSilent());
  }
  /**
   * Which process is to be stopped.
   *
   * @param process its number among those that the case's alerts name
   * @param dataStatement a {@link io.cordon.gate.StopOrder.DataStatement}
   */
  record Stop(long process, String dataStatement) {}

  /** The processes of a case that could be stopped, by number. */
  @GetMapping("/api/cases/{id}/processes")
  Page<NamedProcesses.Numbered> processes(@PathVariable String id, Authentication who) {
    cases.find(id).orElseThrow(ApiException::notFound);
    return new Page<>(stopping.offered(id, CurrentPerson.of(who)), null);
  }

  @PostMapping({"/api/cases/{id}/playbooks/stopProcess", "/api/cases/{id}/playbooks/stop-process"})
  @ResponseStatus(HttpStatus.ACCEPTED)
  void stop(@PathVariable String id, @RequestBody Stop what, Authentication who) {
    cases.find(id).orElseThrow(ApiException::notFound);
    stopping.start(id, what.process(), what.dataStatement(), CurrentPerson.of(who));
  }

  /** Other machines that are asked about together with the case's own: Defender device ids or ids of open cases. */
  record Launch(List<String> targets) {}

  @PostMapping("/api/cases/{id}/playbooks/{key}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void launch(@PathVariable String id, @PathVariable String key, @RequestBody(required = false) Launch launch, Authentication who) {
    cases.find(id).orElseThrow(ApiException::notFound);
    campaigns.start(id, key, launch == null || launch.targets() == null ? List.of() : launch.targets(), CurrentPerson.of(who));
  }
}
