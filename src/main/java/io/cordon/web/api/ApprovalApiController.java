package io.cordon.web.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.gate.ApprovalHistory;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.Decision;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.DecisionService;
import io.cordon.gate.LastAnswer;
import io.cordon.gate.PlanChange;
import io.cordon.gate.PlanTarget;
import io.cordon.gate.Plans;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.Seen;
import io.cordon.gate.Verdict;
import io.cordon.gate.Withdrawal;
import io.cordon.playbook.campaign.Campaigns;
import io.cordon.web.security.CurrentPerson;
import io.cordon.web.security.FreshSignIn;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Approval requests by API; the answer goes the same way as from the page and from Teams. */
@RestController
class ApprovalApiController {
  /** Characters; more than the form takes, for callers that send what stands in a ticket. */
  private static final int LONGEST_COMMENT = 4_000;

  private final ApprovalRequests approvals;
  private final DecisionService decisions;
  private final Plans plans;
  private final ApprovalHistory history;
  private final Campaigns campaigns;
  private final Withdrawal withdrawal;
  private final LastAnswer lastAnswer;
  private final FreshSignIn fresh;
  private final Clock clock;
  private final ObjectMapper json;

  ApprovalApiController(
      ApprovalRequests approvals,
      DecisionService decisions,
      Plans plans,
      ApprovalHistory history,
      Campaigns campaigns,
      Withdrawal withdrawal,
      LastAnswer lastAnswer,
      FreshSignIn fresh,
      Clock clock,
      ObjectMapper json) {
    this.json = json;
    this.lastAnswer = lastAnswer;
    this.plans = plans;
    this.history = history;
    this.campaigns = campaigns;
    this.approvals = approvals;
    this.decisions = decisions;
    this.withdrawal = withdrawal;
    this.fresh = fresh;
    this.clock = clock;
  }

  /** When the action may start: two instants, or from "now" with a length in minutes. */
  record Window(String from, String to, Integer minutes) {}

  record Answer(
      Verdict verdict,
      Integer requestRevision,
      Window window,
      Instant backBy,
      ProcedureImpact procedureImpact,
      String reasonCode,
      String comment,
      int machinesAtOnce,
      Set<String> leftOut) {
    @Override
    public String toString() {
      return "Answer[" + verdict + ", [raw]]";
    }
  }

  /** PROCEED or STOP, to the question right before acting. */
  record Last(String answer) {}

  record Reason(String reasonCode) {}

  record Machines(List<String> targets) {}

  /**
   * A request, the machines it is about, those of them that the yes is not for, and how it differs from the one it
   * replaced.
   */
  record WholeRequest(
      @JsonUnwrapped ApprovalRequest request, List<PlanTarget> targets, Set<String> leftOut, List<PlanChange> changes) {}

  @GetMapping("/api/approvals/{id}")
  WholeRequest one(@PathVariable String id) {
    ApprovalRequest request = approvals.find(id).orElseThrow(ApiException::notFound);
    return new WholeRequest(request, plans.targets(request.planId()), decisions.leftOut(id), history.changes(request));
  }

  /** Changes the machines of a request: it is voided, and asked anew with these. */
  @PostMapping("/api/approvals/{id}/machines")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void change(@PathVariable String id, @RequestBody Machines machines, Authentication who) {
    approvals.find(id).orElseThrow(ApiException::notFound);
    if (machines.targets() == null) {
      throw ApiException.invalid();
    }
    campaigns.change(id, machines.targets(), CurrentPerson.of(who));
  }

  @PostMapping("/api/approvals/{id}/decision")
  ResponseEntity<?> decide(@PathVariable String id, @RequestBody JsonNode body, Authentication who) {
    if (holdsOthers(body, Answer.class) || holdsOthers(body.path("window"), Window.class)) {
      approvals.find(id).orElseThrow(ApiException::notFound);
      return respond(decisions.refuseEdited(id, CurrentPerson.of(who)));
    }
    Answer answer = read(body);
    if (answer == null || answer.verdict() == null || answer.requestRevision() == null || isTooLong(answer.comment())) {
      throw ApiException.invalid();
    }
    ApprovalRequest request = approvals.find(id).orElseThrow(ApiException::notFound);
    if (answer.verdict() == Verdict.APPROVE && !isSureOf(request, who)) {
      return respond(decisions.refuseUnsure(id, CurrentPerson.of(who)));
    }
    boolean now = answer.window() == null || "now".equalsIgnoreCase(answer.window().from());
    return respond(
        decisions.decide(
            new Decision(
                id,
                answer.requestRevision(),
                answer.verdict(),
                now ? null : instant(answer.window().from()),
                closes(answer.window(), now),
                answer.backBy(),
                answer.procedureImpact(),
                answer.reasonCode(),
                answer.comment(),
                CurrentPerson.of(who),
                new Seen(null, null, answer.machinesAtOnce()),
                answer.leftOut())));
  }

  /** Whether somebody sent a field that the answer does not have. */
  private static boolean holdsOthers(JsonNode body, Class<? extends Record> known) {
    Set<String> names = Stream.of(known.getRecordComponents()).map(RecordComponent::getName).collect(Collectors.toSet());
    return body.properties().stream().anyMatch(field -> !names.contains(field.getKey()));
  }

  /** The answer; null for a JSON null. */
  private Answer read(JsonNode body) {
    try {
      return json.treeToValue(body, Answer.class);
    } catch (JsonProcessingException e) {
      throw ApiException.invalid();
    }
  }

  @PostMapping("/api/approvals/{id}/last-answer")
  ResponseEntity<?> answerAgain(@PathVariable String id, @RequestBody Last last, Authentication who) {
    ApprovalRequest request = approvals.find(id).orElseThrow(ApiException::notFound);
    LastAnswer.Answer answer = LastAnswer.Answer.of(last.answer()).orElseThrow(ApiException::invalid);
    if (answer == LastAnswer.Answer.PROCEED && !isSureOf(request, who)) {
      return respond(decisions.refuseUnsure(id, CurrentPerson.of(who)));
    }
    return respond(lastAnswer.answer(id, answer, CurrentPerson.of(who)));
  }

  @PostMapping("/api/approvals/{id}/withdrawal")
  ResponseEntity<?> withdraw(@PathVariable String id, @RequestBody Reason reason, Authentication who) {
    approvals.find(id).orElseThrow(ApiException::notFound);
    return respond(withdrawal.withdraw(id, CurrentPerson.of(who), reason.reasonCode()));
  }

  private boolean isSureOf(ApprovalRequest request, Authentication who) {
    return plans.find(request.planId()).filter(plan -> "CHANNEL".equals(plan.assurance())).isPresent() || fresh.is(who);
  }

  private Instant closes(Window window, boolean now) {
    if (window == null) {
      return null;
    }
    if (window.to() != null) {
      return instant(window.to());
    }
    if (window.minutes() == null) {
      return null;
    }
    try {
      return (now ? clock.instant() : instant(window.from())).plusSeconds(window.minutes() * 60L);
    } catch (DateTimeException e) {
      throw ApiException.invalid();
    }
  }

  private static boolean isTooLong(String comment) {
    return comment != null && comment.length() > LONGEST_COMMENT;
  }

  private static Instant instant(String text) {
    if (text == null) {
      throw ApiException.invalid();
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw ApiException.invalid();
    }
  }

  private static ResponseEntity<?> respond(DecisionOutcome outcome) {
    if (outcome.accepted()) {
      return ResponseEntity.ok(outcome);
    }
    return ProblemAdvice.problem(HttpStatus.CONFLICT, outcome.code(), "Not taken", outcome.message());
  }
}
