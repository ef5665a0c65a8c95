package io.cordon.web.console;

import io.cordon.alerts.CaseOpening;
import io.cordon.assets.register.AssetRegister;
import io.cordon.web.api.ApiException;
import io.cordon.web.security.CurrentPerson;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Opens a case on a machine of the register without an alert; which playbook it takes is chosen on the case. */
@Controller
class LaunchController {
  private final CaseOpening opening;
  private final AssetRegister register;

  LaunchController(CaseOpening opening, AssetRegister register) {
    this.opening = opening;
    this.register = register;
  }

  @GetMapping("/launch")
  String ask(Model model) {
    model.addAttribute("entries", register.all());
    return "launch";
  }

  @PostMapping("/launch")
  String open(@RequestParam(defaultValue = "") String machine, Authentication who, RedirectAttributes after) {
    if (register.all().stream().noneMatch(entry -> entry.arcId().equals(machine))) {
      throw ApiException.invalid();
    }
    CaseOpening.Opened opened = opening.open(machine, CurrentPerson.of(who));
    after.addFlashAttribute("done", opened.isNew() ? "opened" : "openedBefore");
    return "redirect:/cases/" + opened.caseId();
  }
}
