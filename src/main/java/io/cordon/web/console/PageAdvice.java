package io.cordon.web.console;

import io.cordon.platform.people.Person;
import io.cordon.web.security.CurrentPerson;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Who is signed in and how times are shown, on every page. */
@ControllerAdvice(basePackageClasses = PageAdvice.class)
class PageAdvice {
  private final Times times;

  PageAdvice(Times times) {
    this.times = times;
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
