package io.cordon.web.console;

import io.cordon.gate.rules.RuleOutcome;
import io.cordon.gate.rules.RuleVersion;
import io.cordon.gate.rules.StandingRules;
import io.cordon.platform.people.Person;
import io.cordon.web.api.ApiException;
import io.cordon.web.security.CurrentPerson;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The standing rules for looking, and the answers of those they name. */
@Controller
class RulesPageController {
  private final StandingRules rules;

  RulesPageController(StandingRules rules) {
    this.rules = rules;
  }

  @GetMapping("/rules")
  String show(Authentication who, Model model) {
    Person person = CurrentPerson.of(who);
    model.addAttribute("rules", rules.current());
    model.addAttribute("mine", waitingFor(person));
    return "rules";
  }

  /** The proposed versions that wait for this person. */
  private Set<RuleVersion> waitingFor(Person person) {
    return rules.current().stream()
        .filter(version -> "PROPOSED".equals(version.state()) && version.proposedTid().equals(person.tid()))
        .filter(version -> version.rule().approvers().contains(person.oid()) && !version.agreed().contains(person.oid()))
        .collect(Collectors.toSet());
  }

  @PostMapping("/rules/{id}/{version}/agreement")
  String agree(@PathVariable String id, @PathVariable int version, Authentication who, RedirectAttributes after) {
    return done(rules.agree(id, version, CurrentPerson.of(who)), after);
  }

  @PostMapping("/rules/{id}/{version}/withdrawal")
  String end(@PathVariable String id, @PathVariable int version, Authentication who, RedirectAttributes after) {
    return done(rules.end(id, version, CurrentPerson.of(who)), after);
  }

  private static String done(Optional<RuleOutcome> outcome, RedirectAttributes after) {
    after.addFlashAttribute("outcome", outcome.orElseThrow(ApiException::notFound));
    return "redirect:/rules";
  }
}
