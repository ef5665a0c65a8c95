package io.cordon.web.console;

import io.cordon.alerts.CaseBook;
import io.cordon.assets.AssetProofs;
import io.cordon.channels.pagerduty.OnCalls;
import io.cordon.gate.ApprovalHistory;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.DecisionService;
import io.cordon.gate.LastAnswer;
import io.cordon.gate.LastLook;
import io.cordon.gate.Permits;
import io.cordon.gate.Plan;
import io.cordon.gate.PlanChange;
import io.cordon.gate.Plans;
import io.cordon.gate.Reachability;
import io.cordon.gate.Verdict;
import io.cordon.gate.clearance.ClinicalClearance;
import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.platform.people.Person;
import io.cordon.playbook.Filled;
import io.cordon.web.api.ApiException;
import io.cordon.web.security.CurrentPerson;
import io.cordon.web.security.FreshSignIn;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What waits for Clinical Ops, and the page on which they answer. */
@Controller
class ApprovalsController {
  private final ApprovalRequests approvals;
  private final CaseBook cases;
  private final AssetProofs proofs;
  private final Plans plans;
  private final Permits permits;
  private final DecisionService decisions;
  private final MaintenanceWindows windows;
  private final ClinicalClearance clearance;
  private final LastLook lastLook;
  private final LastAnswer lastAnswer;
  private final Reachability reach;
  private final FreshSignIn fresh;
  private final ApprovalHistory history;
  private final OnCalls onCalls;
  private final ApprovalForm form;
  private final Clock clock;

  ApprovalsController(
      ApprovalRequests approvals,
      CaseBook cases,
      AssetProofs proofs,
      Plans plans,
      Permits permits,
      DecisionService decisions,
      MaintenanceWindows windows,
      ClinicalClearance clearance,
      LastLook lastLook,
      LastAnswer lastAnswer,
      Reachability reach,
      FreshSignIn fresh,
      ApprovalHistory history,
      OnCalls onCalls,
      ApprovalForm form,
      Clock clock) {
    this.approvals = approvals;
    this.cases = cases;
    this.proofs = proofs;
    this.plans = plans;
    this.permits = permits;
    this.decisions = decisions;
    this.windows = windows;
    this.clearance = clearance;
    this.lastLook = lastLook;
    this.lastAnswer = lastAnswer;
    this.reach = reach;
    this.fresh = fresh;
    this.history = history;
    this.onCalls = onCalls;
    this.form = form;
    this.clock = clock;
  }

  @GetMapping("/approvals")
  String waiting(Model model) {
    List<ApprovalRequest> waiting = approvals.waiting(100);
    model.addAttribute("approvals", waiting);
    model.addAttribute("machines", Machines.of(cases, waiting.stream().map(ApprovalRequest::caseId)));
    model.addAttribute("counts", plans.machineCounts(waiting.stream().map(ApprovalRequest::planId).toList()));
    return "approvals";
  }

  @GetMapping("/approvals/{id}")
  String one(@PathVariable String id, Authentication who, Model model) {
    return show(id, who, new Filled(Map.of(), Map.of()), model);
  }

  @PostMapping("/approvals/{id}/decision")
  String decide(
      @PathVariable String id,
      @RequestParam Map<String, String> posted,
      Authentication who,
      Model model,
      RedirectAttributes after,
      HttpServletResponse response) {
    ApprovalRequest request = approvals.find(id).orElseThrow(ApiException::notFound);
    if (!form.asksFor(posted.keySet())) {
      response.setStatus(HttpStatus.CONFLICT.value());
      model.addAttribute("outcome", decisions.refuseEdited(id, CurrentPerson.of(who)));
      return show(id, who, new Filled(Map.of(), Map.of()), model);
    }
    Filled filled = form.filled(request, posted);
    if (!filled.isGood()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
      return show(id, who, new Filled(posted, filled.problems()), model);
    }
    if (Verdict.APPROVE.name().equals(filled.values().get("verdict")) && mustSignInAnew(request, who)) {
      response.setStatus(HttpStatus.CONFLICT.value());
      return show(id, who, filled, model);
    }
    DecisionOutcome outcome =
        decisions.decide(form.decision(request, revision(posted), filled.values(), posted, CurrentPerson.of(who)));
    if (outcome.accepted()) {
      after.addFlashAttribute("outcome", outcome);
      return "redirect:/approvals/{id}";
    }
    response.setStatus(HttpStatus.CONFLICT.value());
    model.addAttribute("outcome", outcome);
    return show(id, who, filled, model);
  }

  /** The answer to the question that comes up when something got worse right before acting. */
  @PostMapping("/approvals/{id}/last-answer")
  String answerAgain(
      @PathVariable String id, @RequestParam String answer, Authentication who, Model model, RedirectAttributes after, HttpServletResponse response) {
    approvals.find(id).orElseThrow(ApiException::notFound);
    DecisionOutcome outcome = lastAnswer.answer(id, LastAnswer.Answer.of(answer).orElseThrow(ApprovalsController::invalid), CurrentPerson.of(who));
    if (outcome.accepted()) {
      after.addFlashAttribute("outcome", outcome);
      return "redirect:/approvals/{id}";
    }
    response.setStatus(HttpStatus.CONFLICT.value());
    model.addAttribute("outcome", outcome);
    return show(id, who, new Filled(Map.of(), Map.of()), model);
  }

  private String show(String id, Authentication who, Filled filled, Model model) {
    ApprovalRequest request = approvals.find(id).orElseThrow(ApiException::notFound);
    String objection = objection(request, CurrentPerson.of(who));
    model.addAttribute("request", request);
    model.addAttribute("untold", reach.nobodyReached(id));
    model.addAttribute("case", cases.find(request.caseId()).orElse(null));
    model.addAttribute("proof", proofs.find(request.caseId()).orElse(null));
    model.addAttribute("plan", plans.find(request.planId()).orElse(null));
    model.addAttribute("targets", plans.targets(request.planId()));
    boolean stops = plans.find(request.planId()).filter(plan -> Plan.STOP_PROCESS.equals(plan.action())).isPresent();
    model.addAttribute("stop", stops ? plans.stopOrder(request.planId()) : null);
    model.addAttribute("leftOut", decisions.leftOut(id));
    List<PlanChange> changes = history.changes(request);
    model.addAttribute("changes", changes);
    model.addAttribute("names", plans.names(changes.stream().map(PlanChange::machine).flatMap(Optional::stream).toList()));
    model.addAttribute("onCall", request.state().isLive() ? onCalls.now(request.clinicalService()) : List.of());
    model.addAttribute("actions", permits.ofCase(request.caseId()).stream().filter(p -> id.equals(p.approvalId())).toList());
    model.addAttribute("objection", objection);
    model.addAttribute("clearance", clearance.hasFeed() ? clearance.newest(request.planId()).orElse(null) : null);
    model.addAttribute("question", lastLook.openQuestion(request).orElse(null));
    model.addAttribute("late", request.state().isLive() && !isInTime(request));
    boolean anew = objection == null && request.state().isLive() && isInTime(request) && mustSignInAnew(request, who);
    model.addAttribute("signInAnew", anew);
    if (objection == null && request.state().isLive() && isInTime(request) && !anew) {
      model.addAttribute("all", form.questions());
      model.addAttribute("first", form.firstQuestions());
      model.addAttribute("calendar", windows.view(request.clinicalService()));
      model.addAttribute("blackout", windows.nextBlackout(request.clinicalService()).orElse(null));
      model.addAttribute("ofAYes", form.questionsOfAYes(request));
      model.addAttribute("last", form.lastQuestions());
      model.addAttribute("machinesAtOnce", decisions.machinesToConfirm(request));
    }
    model.addAttribute("values", filled.values());
    model.addAttribute("problems", filled.problems());
    return "approval";
  }

  /** What the policy wants of whoever says yes; a plan that cannot be read counts as the strictest. */
  private boolean mustSignInAnew(ApprovalRequest request, Authentication who) {
    boolean channelIsEnough = plans.find(request.planId()).filter(plan -> "CHANNEL".equals(plan.assurance())).isPresent();
    return !channelIsEnough && !fresh.is(who);
  }

  private boolean isInTime(ApprovalRequest request) {
    return clock.instant().isBefore(request.answerDeadline());
  }

  /** The gate's own sentence about this person, or null when they may answer. */
  private String objection(ApprovalRequest request, Person person) {
    return decisions.objection(request, person).map(DecisionOutcome::message).orElse(null);
  }

  private static ApiException invalid() {
    return new ApiException(HttpStatus.UNPROCESSABLE_ENTITY, "INVALID_FIELDS");
  }

  private static int revision(Map<String, String> posted) {
    try {
      return Integer.parseInt(posted.getOrDefault("requestRevision", ""));
    } catch (NumberFormatException e) {
      throw invalid();
    }
  }
}
