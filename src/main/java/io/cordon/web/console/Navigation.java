package io.cordon.web.console;

import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.List;
import java.util.Set;

/** The links at the top of every page: those of use to whoever looks, in this order. More than these may be open to them. */
final class Navigation {
  static final List<Entry> ENTRIES =
      List.of(
          new Entry("/approvals", "nav.approvals", Set.of()),
          new Entry("/cases", "nav.cases", Set.of()),
          new Entry("/tasks", "nav.tasks", Set.of()),
          new Entry("/history", "nav.history", Set.of(Role.AUDITOR)),
          new Entry("/figures", "nav.figures", Set.of(Role.SOC_ANALYST, Role.SECURITY_LEAD, Role.AUDITOR, Role.PLATFORM_ADMIN)),
          new Entry("/register", "nav.register", Set.of(Role.PLATFORM_ADMIN)),
          new Entry("/policy", "nav.policy", Set.of(Role.PLATFORM_ADMIN)),
          new Entry("/status", "nav.status", Set.of(Role.AUDITOR, Role.PLATFORM_ADMIN)));

  private Navigation() {}

  /** A page and who is shown the way to it; nobody named means everybody. */
  record Entry(String path, String text, Set<Role> roles) {
    boolean isFor(Person person) {
      return roles.isEmpty() || roles.stream().anyMatch(person::has);
    }
  }

  /**
   * A link.
   *
   * @param text its key in messages.properties
   * @param current value of aria-current: "page" on the page itself, "true" on one below it, else null
   */
  record Link(String path, String text, String current) {}

  static List<Link> of(Person person, String here) {
    return ENTRIES.stream()
        .filter(entry -> entry.isFor(person))
        .map(entry -> new Link(entry.path(), entry.text(), here.equals(entry.path()) ? "page" : here.startsWith(entry.path() + "/") ? "true" : null))
        .toList();
  }
}
