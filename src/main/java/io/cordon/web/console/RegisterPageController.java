package io.cordon.web.console;

import io.cordon.assets.register.AssetRegister;
import io.cordon.assets.register.RegisterChange;
import io.cordon.assets.register.RegisterChanges;
import io.cordon.assets.register.RegisterOutcome;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
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

/** The register for looking, and the second administrator's answer to a change. */
@Controller
class RegisterPageController {
  private final AssetRegister register;
  private final RegisterChanges changes;

  RegisterPageController(AssetRegister register, RegisterChanges changes) {
    this.register = register;
    this.changes = changes;
  }

  @GetMapping("/register")
  String show(Authentication who, Model model) {
    Person person = CurrentPerson.of(who);
    model.addAttribute("entries", register.all());
    model.addAttribute("changes", changes.waiting());
    model.addAttribute("admin", person.has(Role.PLATFORM_ADMIN));
    model.addAttribute("own", own(person));
    return "register";
  }

  /** Changes that this person proposed, and so may not approve. */
  private Set<String> own(Person person) {
    return changes.waiting().stream()
        .filter(change -> change.proposedTid().equals(person.tid()) && change.proposedBy().equals(person.oid()))
        .map(RegisterChange::id)
        .collect(Collectors.toSet());
  }

  @PostMapping("/register/changes/{id}/approval")
  String approve(@PathVariable String id, Authentication who, RedirectAttributes after) {
    return done(changes.approve(id, CurrentPerson.of(who)), after);
  }

  @PostMapping("/register/changes/{id}/rejection")
  String reject(@PathVariable String id, Authentication who, RedirectAttributes after) {
    return done(changes.reject(id, CurrentPerson.of(who)), after);
  }

  private static String done(Optional<RegisterOutcome> outcome, RedirectAttributes after) {
    after.addFlashAttribute("outcome", outcome.orElseThrow(ApiException::notFound));
    return "redirect:/register";
  }
}
