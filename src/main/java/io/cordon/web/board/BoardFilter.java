package io.cordon.web.board;

import io.cordon.alerts.CaseSearch;
import io.cordon.platform.people.Person;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which cases somebody wants to see; it lives in the address of the page. A field that is null or blank does not matter.
 *
 * @param state a {@link Phase}, CLOSED, or nothing for all that are open
 * @param mine whether only those in which they asked for or answered something
 * @param after id of the last case of the page before
 */
record BoardFilter(String state, String severity, String service, String machine, Boolean mine, String after) {
  BoardFilter {
    mine = Boolean.TRUE.equals(mine);
  }

  static final String CLOSED = "CLOSED";

  /** The only phase that is wanted; empty for all, and for a word that names none. */
  public Optional<Phase> phase() {
    return Arrays.stream(Phase.values()).filter(phase -> phase.name().equals(state)).findFirst();
  }

  public boolean isClosed() {
    return CLOSED.equals(state);
  }

  /** Whether it leaves out anything by more than how far a case has come. */
  public boolean isNarrow() {
    return mine || has(severity) || has(service) || has(machine);
  }

  CaseSearch.Wanted wanted(Person person) {
    return new CaseSearch.Wanted(null, machine, mine ? person.oid() : null, null, null, null, isClosed() ? CLOSED : "OPEN", severity, service);
  }

  private static boolean has(String text) {
    return text != null && !text.isBlank();
  }
}
