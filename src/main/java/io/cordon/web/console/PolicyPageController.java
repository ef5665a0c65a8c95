package io.cordon.web.console;

import io.cordon.gate.policy.PolicyChange;
import io.cordon.gate.policy.PolicyChanges;
import io.cordon.gate.policy.PolicyOutcome;
import io.cordon.gate.policy.PolicyReview;
import io.cordon.gate.policy.PolicyUnusable;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.web.api.ApiException;
import io.cordon.web.security.CurrentPerson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The policy for looking, a changed table from the Modeler, and the second administrator's answer to it. */
@Controller
class PolicyPageController {
  private final PolicyChanges changes;

  PolicyPageController(PolicyChanges changes) {
    this.changes = changes;
  }

  /**
   * A table that waits, as this person sees it.
   *
   * @param own whether this person proposed it, and so may not put it in force
   */
  record Waiting(PolicyChange change, PolicyReview review, boolean own) {}

  @GetMapping("/policy")
  String show(Authentication who, Model model) {
    Person person = CurrentPerson.of(who);
    model.addAttribute("versions", changes.versions());
    model.addAttribute("waiting", waiting(person));
    model.addAttribute("admin", person.has(Role.PLATFORM_ADMIN));
    return "policy";
  }

  private List<Waiting> waiting(Person person) {
    return changes.waiting().stream()
        .map(change -> new Waiting(change, changes.review(change.id()), person.tid().equals(change.proposedTid()) && person.oid().equals(change.proposedBy())))
        .toList();
  }

  /** The file itself, to be opened in the Modeler. */
  @GetMapping("/policy/tables/{id}")
  ResponseEntity<byte[]> file(@PathVariable String id) {
    byte[] file = changes.file(id).orElseThrow(ApiException::notFound);
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_XML).header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"gate-policy.dmn\"").body(file);
  }

  @PostMapping("/policy/changes")
  String propose(@RequestParam MultipartFile table, Authentication who, RedirectAttributes after) throws IOException {
    try {
      changes.propose(table.getBytes(), CurrentPerson.of(who));
    } catch (PolicyUnusable refused) {
      after.addFlashAttribute("outcome", new PolicyOutcome(false, refused.problem().name(), refused.getMessage()));
    }
    return "redirect:/policy";
  }

  @PostMapping("/policy/changes/{id}/approval")
  String approve(@PathVariable String id, Authentication who, RedirectAttributes after) {
    return done(changes.approve(id, CurrentPerson.of(who)), after);
  }

  @PostMapping("/policy/changes/{id}/rejection")
  String reject(@PathVariable String id, Authentication who, RedirectAttributes after) {
    return done(changes.reject(id, CurrentPerson.of(who)), after);
  }

  private static String done(Optional<PolicyOutcome> outcome, RedirectAttributes after) {
    after.addFlashAttribute("outcome", outcome.orElseThrow(ApiException::notFound));
    return "redirect:/policy";
  }
}
