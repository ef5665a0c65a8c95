package io.cordon.gate;

import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.stream.Stream;

/** As what a person acts, for evidence: a role the person really holds. */
final class Actors {
  static final String NONE = "NONE";

  private Actors() {}

  /** The most telling role the person holds, NONE for a person without any. */
  static String roleOf(Person person) {
    return Stream.of(Role.SECURITY_LEAD, Role.CLINICAL_EXECUTIVE, Role.CLINICAL_APPROVER, Role.SOC_ANALYST, Role.AUDITOR, Role.PLATFORM_ADMIN)
        .filter(person::has)
        .map(Role::claim)
        .findFirst()
        .orElse(NONE);
  }
}
