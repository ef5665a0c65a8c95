package io.cordon.web.api;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.retention.HoldReason;
import io.cordon.alerts.retention.LegalHolds;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.web.security.CurrentPerson;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Legal holds on the sealed material of a case. */
@RestController
class LegalHoldController {
  private final CaseBook cases;
  private final LegalHolds holds;

  LegalHoldController(CaseBook cases, LegalHolds holds) {
    this.cases = cases;
    this.holds = holds;
  }

  record Wanted(HoldReason reasonCode) {}

  @GetMapping("/api/cases/{id}/legal-holds")
  Page<LegalHolds.Hold> list(@PathVariable String id) {
    cases.find(id).orElseThrow(ApiException::notFound);
    return Page.whole(holds.ofCase(id));
  }

  /** Sets a hold; one that is in force already stays as it is. */
  @PostMapping("/api/cases/{id}/legal-holds")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void set(@PathVariable String id, @RequestBody Wanted wanted, Authentication who) {
    cases.find(id).orElseThrow(ApiException::notFound);
    if (wanted.reasonCode() == null) {
      throw ApiException.invalid();
    }
    Person person = CurrentPerson.of(who);
    holds.set(id, wanted.reasonCode(), person, person.has(Role.AUDITOR) ? Role.AUDITOR : Role.SECURITY_LEAD);
  }

  /** Lifts the hold in force. */
  @PostMapping("/api/cases/{id}/legal-holds/lifting")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void lift(@PathVariable String id, Authentication who) {
    if (!holds.lift(id, CurrentPerson.of(who), Role.AUDITOR)) {
      throw ApiException.notFound();
    }
  }
}
