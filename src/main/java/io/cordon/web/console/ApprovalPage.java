package io.cordon.web.console;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.assets.AssetProofs;
import io.cordon.channels.pagerduty.OnCalls;
import io.cordon.gate.ApprovalDesk;
import io.cordon.gate.ApprovalHistory;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.DecisionService;
import io.cordon.gate.LastAnswer;
import io.cordon.gate.LastLook;
import io.cordon.gate.LastQuestion;
import io.cordon.gate.Permits;
import io.cordon.gate.Plan;
import io.cordon.gate.PlanChange;
import io.cordon.gate.Plans;
import io.cordon.gate.Reachability;
import io.cordon.gate.clearance.ClinicalClearance;
import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.platform.people.Person;
import io.cordon.playbook.Filled;
import io.cordon.web.security.CurrentPerson;
import io.cordon.web.security.FreshSignIn;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** All that the page of a question shows: the facts, the form for those who may answer, and what happens next. */
@Component
class ApprovalPage {
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
  private final MessageSource messages;
  private final Clock clock;

  ApprovalPage(
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
      MessageSource messages,
      Clock clock) {
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
    this.messages = messages;
    this.clock = clock;
  }

  /** Puts it into the model, with the form filled in like this; returns the name of the template. */
  String show(ApprovalRequest request, Authentication who, Filled filled, Model model) {
    String id = request.id();
    Optional<LastQuestion> question = lastLook.openQuestion(request);
    // asks the directory, so only where an answer is waited for
    Person person = CurrentPerson.of(who);
    String objection =
        question.isPresent()
            ? lastAnswer.objection(request, person).map(DecisionOutcome::message).orElse(null)
            : request.state().isLive() ? objection(request, person) : null;
    addFacts(request, model);
    model.addAttribute("untold", reach.nobodyReached(id));
    model.addAttribute("actions", permits.ofCase(request.caseId()).stream().filter(p -> id.equals(p.approvalId())).toList());
    model.addAttribute("undone", history.undone(request));
    model.addAttribute("answers", history.answers(id));
    model.addAttribute("objection", objection);
    model.addAttribute("onCall", request.state().isLive() ? onCalls.now(request.clinicalService()) : List.of());
    model.addAttribute("question", question.orElse(null));
    model.addAttribute("goOnAnew", question.isPresent() && objection == null && mustSignInAnew(request, who));
    model.addAttribute("late", request.state().isLive() && !isInTime(request));
    boolean asks = objection == null && request.state().isLive() && isInTime(request);
    boolean anew = asks && mustSignInAnew(request, who);
    model.addAttribute("signInAnew", anew);
    if (asks && !anew) {
      String asked = messages.getMessage("approval.question." + model.getAttribute("deed"), null, LocaleContextHolder.getLocale());
      model.addAttribute("all", form.questions(asked));
      model.addAttribute("first", form.firstQuestions(asked));
      model.addAttribute("calendar", windows.view(request.clinicalService()));
      model.addAttribute("blackouts", windows.blackouts(request.clinicalService()));
      model.addAttribute("ofAYes", form.questionsOfAYes(request));
      model.addAttribute("last", form.lastQuestions());
      model.addAttribute("machinesAtOnce", decisions.machinesToConfirm(request));
    }
    model.addAttribute("values", filled.values());
    model.addAttribute("problems", filled.problems());
    return "approval";
  }

  /** The facts of the question, as they are shown before and while it is answered. */
  void addFacts(ApprovalRequest request, Model model) {
    Optional<Plan> plan = plans.find(request.planId());
    model.addAttribute("request", request);
    Optional<CaseView> about = cases.find(request.caseId());
    model.addAttribute("case", about.orElse(null));
    model.addAttribute("why", about.map(ApprovalPage::why).orElse(null));
    model.addAttribute("proof", proofs.find(request.caseId()).orElse(null));
    model.addAttribute("plan", plan.orElse(null));
    model.addAttribute("othersNext", plan.filter(one -> ApprovalDesk.asksOthersNext(request, one)).isPresent() && !isStopped(request));
    model.addAttribute("deed", plan.map(Plan::action).filter(Plan.ACTIONS::contains).orElse("UNKNOWN"));
    model.addAttribute("targets", plans.targets(request.planId()));
    model.addAttribute("stop", plan.filter(one -> Plan.STOP_PROCESS.equals(one.action())).map(one -> plans.stopOrder(one.id())).orElse(null));
    model.addAttribute("leftOut", decisions.leftOut(request.id()));
    List<PlanChange> changes = history.changes(request);
    model.addAttribute("changes", changes);
    model.addAttribute("names", plans.names(changes.stream().map(PlanChange::machine).flatMap(Optional::stream).toList()));
    model.addAttribute("clearance", clearance.hasFeed() ? clearance.newest(request.planId()).orElse(null) : null);
  }

  /** The name of the sentence on what the case began with: nobody is told of an alert that was not raised. */
  private static String why(CaseView about) {
    return switch (about.detector()) {
      case "UNKNOWN" -> "approval.why.byHand";
      case "Cordon" -> "approval.why.past";
      case "Other" -> "approval.why.other";
      case "Sentinel analytics rule" -> "approval.why.rule";
      default -> "approval.why.alert";
    };
  }

  /** Whether the clinical side had agreed and stopped it when it was asked once more: then nobody is asked after them. */
  private boolean isStopped(ApprovalRequest request) {
    return lastLook.question(request.id()).filter(question -> question.answer() != null).isPresent();
  }

  /** What the policy wants of whoever says yes; a plan that cannot be read counts as the strictest. */
  boolean mustSignInAnew(ApprovalRequest request, Authentication who) {
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
}
