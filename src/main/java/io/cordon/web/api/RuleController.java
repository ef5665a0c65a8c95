package io.cordon.web.api;

import io.cordon.gate.rules.RuleOutcome;
import io.cordon.gate.rules.RuleUnusable;
import io.cordon.gate.rules.RuleVersion;
import io.cordon.gate.rules.StandingRule;
import io.cordon.gate.rules.StandingRules;
import io.cordon.gate.rules.WeeklyWindow;
import io.cordon.web.security.CurrentPerson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Standing rules: what there is, a new one, and the answers of those it names. */
@RestController
class RuleController {
  private static final int LARGEST = 64 << 10;

  private final StandingRules rules;

  RuleController(StandingRules rules) {
    this.rules = rules;
  }

  /** A version of a rule as the API shows it; times of a week are local to its zone. */
  record View(
      String id, int version, String state, String sha256, String env, Set<String> clinicalServices, Set<String> hosts, String action, String owner,
      Set<String> approvers, Set<String> agreed, Instant expires, String zone, List<WeeklyWindow> weekly, String proposedBy, Instant proposedAt) {
    static View of(RuleVersion version) {
      StandingRule rule = version.rule();
      return new View(
          rule.id(), version.version(), version.state(), version.sha256(), "Dev", rule.clinicalServices(), rule.hosts(), rule.action(), rule.owner(),
          rule.approvers(), version.agreed(), rule.expires(), rule.zone().getId(), rule.weekly(), version.proposedBy(), version.proposedAt());
    }
  }

  @GetMapping("/api/rules")
  Page<View> current() {
    return Page.whole(rules.current().stream().map(View::of).toList());
  }

  @PostMapping(path = "/api/rules", consumes = MediaType.APPLICATION_JSON_VALUE)
  View propose(InputStream body, Authentication who) throws IOException {
    return View.of(rules.propose(body.readNBytes(LARGEST + 1), CurrentPerson.of(who)));
  }

  @PostMapping("/api/rules/{id}/{version}/agreement")
  ResponseEntity<?> agree(@PathVariable String id, @PathVariable int version, Authentication who) {
    return respond(rules.agree(id, version, CurrentPerson.of(who)));
  }

  @PostMapping("/api/rules/{id}/{version}/withdrawal")
  ResponseEntity<?> end(@PathVariable String id, @PathVariable int version, Authentication who) {
    return respond(rules.end(id, version, CurrentPerson.of(who)));
  }

  private static ResponseEntity<?> respond(Optional<RuleOutcome> answered) {
    RuleOutcome outcome = answered.orElseThrow(ApiException::notFound);
    return outcome.accepted()
        ? ResponseEntity.ok(outcome)
        : ProblemAdvice.problem(HttpStatus.CONFLICT, outcome.code(), "Not taken", outcome.message());
  }

  /** Which field and what it takes; nothing of what was sent is repeated. */
  @ExceptionHandler(RuleUnusable.class)
  ResponseEntity<ProblemDetail> unusable(RuleUnusable refused) {
    ResponseEntity<ProblemDetail> answer =
        ProblemAdvice.problem(HttpStatus.UNPROCESSABLE_ENTITY, "RULE_UNUSABLE", "The rule was not taken", refused.getMessage());
    answer.getBody().setProperty("field", refused.field());
    return answer;
  }
}
