package io.cordon.web.console;

import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.web.security.CurrentPerson;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The way in and out. */
@Controller
class HomeController {
  @GetMapping("/")
  String home(Authentication who) {
    Person person = CurrentPerson.of(who);
    boolean answers = person.has(Role.CLINICAL_APPROVER) || person.has(Role.CLINICAL_EXECUTIVE);
    return answers ? "redirect:/approvals" : "redirect:/cases";
  }

  @RequestMapping("/denied")
  String denied() {
    return "denied";
  }

  @GetMapping("/signed-out")
  String signedOut() {
    return "signed-out";
  }
}
