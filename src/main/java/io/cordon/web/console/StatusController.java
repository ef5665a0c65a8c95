package io.cordon.web.console;

import io.cordon.alerts.sources.SourceStates;
import io.cordon.channels.ChannelStates;
import io.cordon.evidence.LogState;
import io.cordon.evidence.PublishedKeys;
import io.cordon.evidence.anchors.Anchoring;
import io.cordon.gate.GateProperties;
import io.cordon.gate.ModeState;
import io.cordon.gate.Reachability;
import io.cordon.gate.windows.CalendarView;
import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.gate.windows.TimeSpan;
import io.cordon.platform.people.Role;
import io.cordon.web.security.CurrentPerson;
import java.util.List;
import java.util.TreeSet;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How this installation stands, for looking: mode, channels, maintenance calendar, log and keys. Nothing secret, and nothing can be changed here. */
@Controller
class StatusController {
  private final ModeState mode;
  private final ChannelStates channels;
  private final SourceStates sources;
  private final Reachability reach;
  private final MaintenanceWindows windows;
  private final GateProperties gate;
  private final LogState log;
  private final PublishedKeys keys;
  private final Anchoring anchors;

  StatusController(
      ModeState mode,
      ChannelStates channels,
      SourceStates sources,
      Reachability reach,
      MaintenanceWindows windows,
      GateProperties gate,
      LogState log,
      PublishedKeys keys,
      Anchoring anchors) {
    this.mode = mode;
    this.channels = channels;
    this.sources = sources;
    this.reach = reach;
    this.windows = windows;
    this.gate = gate;
    this.log = log;
    this.keys = keys;
    this.anchors = anchors;
  }

  /**
   * What a clinical service is offered by the calendar.
   *
   * @param blackout the next period in which nothing may start; null without one in the next seven days
   */
  record Offered(String service, CalendarView view, TimeSpan blackout) {}

  @GetMapping("/status")
  String show(Authentication who, Model model) {
    model.addAttribute("admin", CurrentPerson.of(who).has(Role.PLATFORM_ADMIN));
    model.addAttribute("mode", mode.now());
    model.addAttribute("channels", channels.now());
    model.addAttribute("sources", sources.now());
    model.addAttribute("unreached", reach.unreached());
    model.addAttribute("calendar", windows.state());
    model.addAttribute("offered", offered());
    model.addAttribute("log", log.now());
    model.addAttribute("keys", keys.all());
    model.addAttribute("anchors", anchors.states());
    return "status";
  }

  private List<Offered> offered() {
    return new TreeSet<>(gate.clinicalServices().keySet()).stream()
        .map(service -> new Offered(service, windows.view(service), windows.blackouts(service).stream().findFirst().orElse(null))).toList();
  }
}
