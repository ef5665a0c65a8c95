package io.cordon.web.console;

import io.cordon.alerts.CaseBook;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.Decision;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.DecisionService;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.ReasonCode;
import io.cordon.gate.Verdict;
import io.cordon.platform.people.Person;
import io.cordon.web.api.ApiException;
import io.cordon.web.security.CurrentPerson;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
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
  private final DecisionService decisions;
  private final Forms forms;
  private final Times times;
  private final Clock clock;
  private final MessageSource messages;

  ApprovalsController(
      ApprovalRequests approvals,
      CaseBook cases,
      DecisionService decisions,
      Forms forms,
      Times times,
      Clock clock,
      MessageSource messages) {
    this.approvals = approvals;
    this.cases = cases;
    this.decisions = decisions;
    this.forms = forms;
    this.times = times;
    this.clock = clock;
    this.messages = messages;
  }

  @GetMapping("/approvals")
  String waiting(Model model) {
    model.addAttribute("approvals", approvals.waiting(100));
    return "approvals";
  }

  @GetMapping("/approvals/{id}")
  String one(@PathVariable String id, Authentication who, Model model) {
    return show(id, who, Map.of(), model);
  }

  @PostMapping("/approvals/{id}/decision")
  String decide(
      @PathVariable String id,
      @RequestParam Map<String, String> posted,
      Authentication who,
      Model model,
      RedirectAttributes after,
      HttpServletResponse response) {
    approvals.find(id).orElseThrow(ApiException::notFound);
    DecisionOutcome outcome = decisions.decide(decision(id, posted, CurrentPerson.of(who)));
    if (outcome.accepted()) {
      after.addFlashAttribute("outcome", outcome);
      return "redirect:/approvals/{id}";
    }
    response.setStatus(HttpStatus.CONFLICT.value());
    model.addAttribute("outcome", outcome);
    return show(id, who, posted, model);
  }

  private String show(String id, Authentication who, Map<String, String> values, Model model) {
    ApprovalRequest request = approvals.find(id).orElseThrow(ApiException::notFound);
    Person person = CurrentPerson.of(who);
    boolean hasRole = person.roles().contains(request.approverRole());
    boolean inTime = clock.instant().isBefore(request.answerDeadline());
    boolean canAnswer = hasRole && inTime && request.state().isLive();
    model.addAttribute("request", request);
    model.addAttribute("case", cases.find(request.caseId()).orElse(null));
    model.addAttribute("canAnswer", canAnswer);
    model.addAttribute("why", !request.state().isLive() ? "SETTLED" : !inTime ? "LATE" : "ROLE");
    model.addAttribute("fields", canAnswer ? questions() : List.of());
    model.addAttribute("values", values);
    return "approval";
  }

  /**
   * The form's fields; reasons are the gate's own codes, and only verdict and reason are mandatory in the browser, so
   * that nobody has to choose a window to say no. The gate asks for the rest of an approval.
   */
  private List<FormField> questions() {
    return forms.approval().stream().map(this::question).toList();
  }

  private FormField question(FormField field) {
    boolean reason = "reasonCode".equals(field.key());
    return new FormField(
        field.key(),
        field.type(),
        field.label(),
        field.description(),
        field.initial(),
        reason || "verdict".equals(field.key()),
        field.min(),
        field.max(),
        reason ? Stream.of(ReasonCode.values()).map(this::option).toList() : field.options());
  }

  private FormField.Option option(ReasonCode code) {
    return new FormField.Option(
        code.name(), messages.getMessage("reason." + code.name(), null, code.name(), Locale.ENGLISH));
  }

  private Decision decision(String id, Map<String, String> posted, Person person) {
    try {
      Verdict verdict = Verdict.valueOf(posted.getOrDefault("verdict", ""));
      int revision = Integer.parseInt(posted.getOrDefault("requestRevision", ""));
      Instant from = null;
      Instant to = null;
      Instant backBy = null;
      ProcedureImpact impact = null;
      if (verdict == Verdict.APPROVE) {
        from = "AT".equals(posted.get("windowChoice")) ? times.read(posted.getOrDefault("windowFrom", "")) : null;
        Instant start = from == null ? clock.instant() : from;
        boolean chosen = from != null || "NOW".equals(posted.get("windowChoice"));
        to = chosen ? after(start, posted.get("windowMinutes"), Duration.ofMinutes(1)) : null;
        backBy = after(start, posted.get("backByHours"), Duration.ofHours(1));
        String stated = posted.getOrDefault("procedureImpact", "");
        impact = stated.isBlank() ? null : ProcedureImpact.valueOf(stated);
      }
      return new Decision(
          id, revision, verdict, from, to, backBy, impact, posted.get("reasonCode"), posted.get("comment"), person);
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
      throw new ApiException(HttpStatus.UNPROCESSABLE_ENTITY, "INVALID_FIELDS");
    }
  }

  private static Instant after(Instant start, String count, Duration unit) {
    return count == null || count.isBlank() ? null : start.plus(unit.multipliedBy(Integer.parseInt(count.strip())));
  }
}
