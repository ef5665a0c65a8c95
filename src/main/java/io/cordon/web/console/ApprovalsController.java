package io.cordon.web.console;

import io.cordon.alerts.CaseBook;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.Decision;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.DecisionService;
import io.cordon.gate.LastAnswer;
import io.cordon.gate.OwnQuestions;
import io.cordon.gate.Plans;
import io.cordon.gate.Verdict;
import io.cordon.platform.people.Person;
import io.cordon.playbook.Filled;
import io.cordon.web.api.ApiException;
import io.cordon.web.security.CurrentPerson;
import io.cordon.web.security.TypedDrafts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What waits for Clinical Ops, and how they answer: the form, what it means in words to confirm, and what happens then. */
@Controller
class ApprovalsController {
  private static final Filled NOTHING = new Filled(Map.of(), Map.of());
  /** What the buttons of the last step say; neither is part of the answer. */
  private static final Duration SHOWN_FOR = Duration.ofMinutes(5);
  private static final Set<String> BUTTONS = Set.of("confirmed", "change", "_csrf");

  private final ApprovalRequests approvals;
  private final OwnQuestions own;
  private final CaseBook cases;
  private final Plans plans;
  private final DecisionService decisions;
  private final LastAnswer lastAnswer;
  private final ApprovalForm form;
  private final ApprovalPage page;
  private final TypedDrafts drafts;
  private final Clock clock;

  ApprovalsController(
      ApprovalRequests approvals,
      OwnQuestions own,
      CaseBook cases,
      Plans plans,
      DecisionService decisions,
      LastAnswer lastAnswer,
      ApprovalForm form,
      ApprovalPage page,
      TypedDrafts drafts,
      Clock clock) {
    this.clock = clock;
    this.approvals = approvals;
    this.own = own;
    this.cases = cases;
    this.plans = plans;
    this.decisions = decisions;
    this.lastAnswer = lastAnswer;
    this.form = form;
    this.page = page;
    this.drafts = drafts;
  }

  @GetMapping("/approvals")
  String waiting(Authentication who, Model model) {
    List<ApprovalRequest> waiting = approvals.waiting(100);
    Set<String> mine = own.among(waiting, CurrentPerson.of(who));
    model.addAttribute("mine", waiting.stream().filter(one -> mine.contains(one.id())).toList());
    model.addAttribute("others", waiting.stream().filter(one -> !mine.contains(one.id())).toList());
    model.addAttribute("machines", Machines.of(cases, waiting.stream().map(ApprovalRequest::caseId)));
    model.addAttribute("counts", plans.machineCounts(waiting.stream().map(ApprovalRequest::planId).toList()));
    return "approvals";
  }

  @GetMapping("/approvals/{id}")
  String one(@PathVariable String id, Authentication who, Model model, HttpServletRequest asked) {
    Map<String, String> typed = drafts.of(asked, CurrentPerson.of(who));
    model.addAttribute("restored", !typed.isEmpty());
    return page.show(request(id), who, new Filled(typed, Map.of()), model);
  }

  @PostMapping("/approvals/{id}/decision")
  String decide(
      @PathVariable String id,
      @RequestParam Map<String, String> posted,
      Authentication who,
      Model model,
      RedirectAttributes after,
      HttpServletRequest sent,
      HttpServletResponse response) {
    ApprovalRequest request = request(id);
    Person person = CurrentPerson.of(who);
    if (!form.asksFor(posted.keySet())) {
      return refused(request, decisions.refuseEdited(id, person), NOTHING, who, model, response);
    }
    if (posted.containsKey("change")) {
      return page.show(request, who, new Filled(posted, Map.of()), model);
    }
    Filled filled = form.filled(request, posted);
    if (!filled.isGood()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
      return page.show(request, who, new Filled(posted, filled.problems()), model);
    }
    if (Verdict.APPROVE.name().equals(filled.values().get("verdict")) && page.mustSignInAnew(request, who)) {
      response.setStatus(HttpStatus.CONFLICT.value());
      model.addAttribute("kept", drafts.keep(sent, response).isPresent());
      return page.show(request, who, filled, model);
    }
    Decision decision = form.decision(request, revision(posted), filled.values(), posted, person);
    // one that is refused anyway is refused at once, and kept as evidence; nothing is taken before it was confirmed
    DecisionOutcome outcome = isConfirmed(posted) ? decisions.decide(decision) : decisions.refusalOf(decision).orElse(null);
    if (outcome == null) {
      return toConfirm(request, decision, posted, model);
    }
    if (!outcome.accepted()) {
      return refused(request(id), outcome, new Filled(posted, Map.of()), who, model, response);
    }
    drafts.forget(sent, response, "/approvals/" + id);
    after.addFlashAttribute("outcome", outcome);
    return "redirect:/approvals/{id}";
  }

  /** The answer to the question that comes up when something got worse right before acting. */
  @PostMapping("/approvals/{id}/last-answer")
  String answerAgain(
      @PathVariable String id, @RequestParam String answer, Authentication who, Model model, RedirectAttributes after, HttpServletResponse response) {
    ApprovalRequest request = request(id);
    LastAnswer.Answer last = LastAnswer.Answer.of(answer).orElseThrow(ApprovalsController::invalid);
    // stopping takes no fresh sign-in; going on is a yes like the first
    if (last == LastAnswer.Answer.PROCEED && page.mustSignInAnew(request, who)) {
      response.setStatus(HttpStatus.CONFLICT.value());
      return page.show(request, who, NOTHING, model);
    }
    DecisionOutcome outcome = lastAnswer.answer(id, last, CurrentPerson.of(who));
    if (!outcome.accepted()) {
      return refused(request(id), outcome, NOTHING, who, model, response);
    }
    after.addFlashAttribute("outcome", outcome);
    return "redirect:/approvals/{id}";
  }

  /** Times such as "now, for an hour" are bound as they are at the confirmation: what was shown must be nearly that. */
  private boolean isConfirmed(Map<String, String> posted) {
    String shown = posted.getOrDefault("confirmed", "");
    return shown.matches("[0-9]{1,15}") && Instant.ofEpochMilli(Long.parseLong(shown)).plus(SHOWN_FOR).isAfter(clock.instant());
  }

  /** What the answer means, in words, and what was typed once more; nothing is recorded yet. */
  private String toConfirm(ApprovalRequest request, Decision decision, Map<String, String> posted, Model model) {
    page.addFacts(request, model);
    model.addAttribute("decision", decision);
    model.addAttribute("shown", clock.instant().toEpochMilli());
    model.addAttribute("typed", posted.entrySet().stream().filter(field -> !BUTTONS.contains(field.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, same) -> one, TreeMap::new)));
    return "approval-confirm";
  }

  private String refused(ApprovalRequest request, DecisionOutcome outcome, Filled filled, Authentication who, Model model, HttpServletResponse response) {
    response.setStatus(HttpStatus.CONFLICT.value());
    model.addAttribute("outcome", outcome);
    return page.show(request, who, filled, model);
  }

  private ApprovalRequest request(String id) {
    return approvals.find(id).orElseThrow(ApiException::notFound);
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
