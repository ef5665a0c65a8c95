package io.cordon.alerts;

import java.util.Set;
import java.util.TreeSet;

/**
 * A case that cannot change until the transaction that locked it ends.
 *
 * @param open whether it is neither closed nor merged
 * @param works whether it is open and somebody still works on its machine, not when it only waits for a review
 * @param tactics separated by commas
 * @param machineKnown whether its machine is known for certain
 */
record LockedCase(String id, boolean open, boolean works, String severity, String tactics, boolean machineKnown) {
  LockedCase works(boolean said) {
    return new LockedCase(id, open, said, severity, tactics, machineKnown);
  }

  Set<String> allTactics() {
    return new TreeSet<>(tactics.isEmpty() ? Set.of() : Set.of(tactics.split(",")));
  }

  /** Whether an alert says of the case what is not written there: a higher severity, or a tactic it did not have. */
  boolean learnsFrom(IncomingAlert alert) {
    return Severity.isGraver(alert.severity(), severity) || !allTactics().containsAll(alert.tactics());
  }
}
