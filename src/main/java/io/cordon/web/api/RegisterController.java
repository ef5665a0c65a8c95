package io.cordon.web.api;

import io.cordon.assets.register.AssetRegister;
import io.cordon.assets.register.FieldChange;
import io.cordon.assets.register.RegisterChange;
import io.cordon.assets.register.RegisterChanges;
import io.cordon.assets.register.RegisterOutcome;
import io.cordon.assets.register.RegisterUnreadable;
import io.cordon.web.security.CurrentPerson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
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

/** The asset register as a YAML file: out, in, and the second person's answer. */
@RestController
class RegisterController {
  private static final String YAML = "application/yaml";
  private static final int LARGEST = 2 << 20;

  private final AssetRegister register;
  private final RegisterChanges changes;

  RegisterController(AssetRegister register, RegisterChanges changes) {
    this.register = register;
    this.changes = changes;
  }

  /** A field as the API names it. */
  record Line(String arcId, String field, boolean safety, String from, String to) {
    static Line of(FieldChange change) {
      return new Line(change.arcId(), change.field().key(), change.field().isSafety(), change.from(), change.to());
    }
  }

  /**
   * What came of a file.
   *
   * @param id of what waits for a second person; null when nothing does
   */
  record Taken(String id, List<Line> applied, List<Line> waiting) {}

  record Change(String id, String state, String proposedBy, Instant proposedAt, String decidedBy, Instant decidedAt, List<Line> lines) {
    static Change of(RegisterChange change) {
      return new Change(
          change.id(), change.state(), change.proposedBy(), change.proposedAt(), change.decidedBy(), change.decidedAt(),
          change.lines().stream().map(Line::of).toList());
    }
  }

  @GetMapping(path = "/api/register", produces = YAML)
  String export() {
    return register.export();
  }

  @PostMapping(path = "/api/register/changes", consumes = {YAML, "application/x-yaml", "text/yaml"})
  Taken propose(InputStream body, Authentication who) throws IOException {
    byte[] file = body.readNBytes(LARGEST + 1);
    RegisterChanges.Proposal proposal = changes.propose(file, CurrentPerson.of(who));
    return new Taken(
        proposal.changeId(), proposal.applied().stream().map(Line::of).toList(), proposal.waiting().stream().map(Line::of).toList());
  }

  @GetMapping("/api/register/changes")
  Page<Change> waiting() {
    return Page.whole(changes.waiting().stream().map(Change::of).toList());
  }

  @GetMapping("/api/register/changes/{id}")
  Change one(@PathVariable String id) {
    return changes.find(id).map(Change::of).orElseThrow(ApiException::notFound);
  }

  @PostMapping("/api/register/changes/{id}/approval")
  ResponseEntity<?> approve(@PathVariable String id, Authentication who) {
    return respond(changes.approve(id, CurrentPerson.of(who)));
  }

  @PostMapping("/api/register/changes/{id}/rejection")
  ResponseEntity<?> reject(@PathVariable String id, Authentication who) {
    return respond(changes.reject(id, CurrentPerson.of(who)));
  }

  private static ResponseEntity<?> respond(Optional<RegisterOutcome> answered) {
    RegisterOutcome outcome = answered.orElseThrow(ApiException::notFound);
    return outcome.accepted()
        ? ResponseEntity.ok(outcome)
        : ProblemAdvice.problem(HttpStatus.CONFLICT, outcome.code(), "Not taken", outcome.message());
  }

  /** Where in the file it went wrong, in our own words; nothing of the file is repeated. */
  @ExceptionHandler(RegisterUnreadable.class)
  ResponseEntity<ProblemDetail> unreadable(RegisterUnreadable refused) {
    HttpStatus status =
        switch (refused.problem()) {
          case TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE;
          case NOT_YAML -> HttpStatus.BAD_REQUEST;
          case REVISION_STALE -> HttpStatus.CONFLICT;
          default -> HttpStatus.UNPROCESSABLE_ENTITY;
        };
    ResponseEntity<ProblemDetail> answer = ProblemAdvice.problem(status, refused.problem().name(), "The register was not changed", refused.sentence());
    answer.getBody().setProperty("line", refused.line());
    answer.getBody().setProperty("entry", refused.entry());
    return answer;
  }
}
