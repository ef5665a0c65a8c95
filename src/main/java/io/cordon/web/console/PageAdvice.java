package io.cordon.web.console;

import io.cordon.platform.people.Person;
import io.cordon.web.security.CurrentPerson;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Who is signed in, where they can go, how times are shown and what is alarming, on every page. */
@ControllerAdvice(basePackages = {"io.cordon.web.board", "io.cordon.web.console", "io.cordon.web.history", "io.cordon.web.figures"})
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

  @ModelAttribute("links")
  List<Navigation.Link> links(Authentication who, HttpServletRequest request) {
    return CurrentPerson.find(who).map(person -> Navigation.of(person, request.getRequestURI().substring(request.getContextPath().length()))).orElse(List.of());
  }

  @ModelAttribute("times")
  Times times() {
    return times;
  }
}
