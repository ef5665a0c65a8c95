package io.cordon.web.console;

import io.cordon.alerts.Quarantine;
import io.cordon.alerts.QuarantinedAlert;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The alerts that were set aside because they could not be read. */
@Controller
class QuarantineController {
  private static final int PAGE = 50;

  private final Quarantine quarantine;

  QuarantineController(Quarantine quarantine) {
    this.quarantine = quarantine;
  }

  @GetMapping("/quarantine")
  String list(@RequestParam(required = false) Long after, Model model) {
    List<QuarantinedAlert> found = quarantine.list(after, PAGE);
    model.addAttribute("alerts", found);
    model.addAttribute("after", after);
    model.addAttribute("next", found.size() < PAGE ? null : found.get(PAGE - 1).id());
    return "quarantine";
  }
}
