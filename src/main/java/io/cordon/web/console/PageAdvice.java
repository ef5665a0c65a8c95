package io.cordon.web.console;

import io.cordon.platform.people.Person;
import io.cordon.web.security.CurrentPerson;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Who is signed in, how times are shown and what is alarming, on every page. */
@ControllerAdvice(basePackages = {"io.cordon.web.console", "io.cordon.web.history"})
class PageAdvice {
  private final Times times;
  private final LocalAlarms alarms;

  PageAdvice(Times times, LocalAlarms alarms) {
    this.times = times;
    this.alarms = alarms;
  }

  @ModelAttribute("alarms")
  List<LocalAlarms.Alarm> alarms(Authentication who) {
    return CurrentPerson.find(who).map(alarms::of).orElse(List.of());
  }

  @ModelAttribute("person")
  Person person(Authentication who) {
    return CurrentPerson.find(who).orElse(null);
  }

  @ModelAttribute("times")
  Times times() {
    return times;
  }
}
