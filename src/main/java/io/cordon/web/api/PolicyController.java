package io.cordon.web.api;

import io.cordon.gate.policy.PolicyChange;
import io.cordon.gate.policy.PolicyChanges;
import io.cordon.gate.policy.PolicyOutcome;
import io.cordon.gate.policy.PolicyReview;
import io.cordon.gate.policy.PolicyUnusable;
import io.cordon.web.security.CurrentPerson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The policy table as a DMN file: out, in, and the second person's answer. */
@RestController
class PolicyController {
  private static final String XML = "application/xml";
  private static final int LARGEST = 1 << 20;

  private final PolicyChanges changes;

  PolicyController(PolicyChanges changes) {
    this.changes = changes;
  }

  /**
   * A table as the API shows it.
   *
   * @param version null unless it is or was in force
   * @param proposedBy null when it came with the software
   */
  record Table(
      String id, String state, String origin, Integer version, int baseVersion, String sha256, String proposedBy, Instant proposedAt, String decidedBy,
      Instant decidedAt) {
    static Table of(PolicyChange change) {
      return new Table(
          change.id(), change.state(), change.origin(), change.version(), change.baseVersion(), change.sha256(), change.proposedBy(), change.proposedAt(),
          change.decidedBy(), change.decidedAt());
    }
  }

  /** @param review null once it was decided about */
  record Detail(Table table, PolicyReview review) {}

  @GetMapping(path = "/api/policy", produces = XML)
  byte[] inForce() {
    return changes.fileInForce().orElseThrow(ApiException::notFound);
  }

  @GetMapping("/api/policy/versions")
  Page<Table> versions() {
    return Page.whole(changes.versions().stream().map(Table::of).toList());
  }

  @PostMapping(path = "/api/policy/changes", consumes = {XML, "text/xml"})
  PolicyChanges.Proposal propose(InputStream body, Authentication who) throws IOException {
    return changes.propose(body.readNBytes(LARGEST + 1), CurrentPerson.of(who));
  }

  @GetMapping("/api/policy/changes")
  Page<Table> waiting() {
    return Page.whole(changes.waiting().stream().map(Table::of).toList());
  }

  @GetMapping("/api/policy/changes/{id}")
  Detail one(@PathVariable String id) {
    PolicyChange change = changes.find(id).orElseThrow(ApiException::notFound);
    return new Detail(Table.of(change), "PROPOSED".equals(change.state()) ? changes.review(id) : null);
  }

  @GetMapping(path = "/api/policy/changes/{id}/table", produces = XML)
  byte[] file(@PathVariable String id) {
    return changes.file(id).orElseThrow(ApiException::notFound);
  }

  @PostMapping("/api/policy/changes/{id}/approval")
  ResponseEntity<?> approve(@PathVariable String id, Authentication who) {
    return respond(changes.approve(id, CurrentPerson.of(who)));
  }

  @PostMapping("/api/policy/changes/{id}/rejection")
  ResponseEntity<?> reject(@PathVariable String id, Authentication who) {
    return respond(changes.reject(id, CurrentPerson.of(who)));
  }

  private static ResponseEntity<?> respond(Optional<PolicyOutcome> answered) {
    PolicyOutcome outcome = answered.orElseThrow(ApiException::notFound);
    return outcome.accepted()
        ? ResponseEntity.ok(outcome)
        : ProblemAdvice.problem(HttpStatus.CONFLICT, outcome.code(), "Not taken", outcome.message());
  }

  /** Which rows and why, in our own words; nothing of the file is repeated. */
  @ExceptionHandler(PolicyUnusable.class)
  ResponseEntity<ProblemDetail> unusable(PolicyUnusable refused) {
    HttpStatus status =
        switch (refused.problem()) {
          case TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE;
          case NOTHING_CHANGED -> HttpStatus.CONFLICT;
          default -> HttpStatus.UNPROCESSABLE_ENTITY;
        };
    ResponseEntity<ProblemDetail> answer = ProblemAdvice.problem(status, refused.problem().name(), "The policy was not changed", refused.getMessage());
    answer.getBody().setProperty("rows", refused.rows());
    return answer;
  }
}
