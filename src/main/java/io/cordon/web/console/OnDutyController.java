package io.cordon.web.console;

import io.cordon.channels.pagerduty.OnCall;
import io.cordon.channels.pagerduty.OnCalls;
import io.cordon.gate.GateProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Who is on duty for which clinical service, as PagerDuty says. A page of its own: PagerDuty may be slow, and the rest must not wait for it. */
@Controller
class OnDutyController {
  /** After this PagerDuty is asked about no further service. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final OnCalls onCalls;
  private final GateProperties gate;
  private final Clock clock;

  OnDutyController(OnCalls onCalls, GateProperties gate, Clock clock) {
    this.onCalls = onCalls;
    this.gate = gate;
    this.clock = clock;
  }

  /** Those on duty for a service; nobody when it is not known. */
  record Duty(String service, List<OnCall> people) {}

  @GetMapping("/status/on-duty")
  String show(Model model) {
    Instant until = clock.instant().plus(PATIENCE);
    List<Duty> duties = new ArrayList<>();
    for (String service : new TreeSet<>(gate.clinicalServices().keySet())) {
      duties.add(new Duty(service, clock.instant().isBefore(until) ? onCalls.now(service) : List.of()));
    }
    model.addAttribute("duties", duties);
    return "on-duty";
  }
}
