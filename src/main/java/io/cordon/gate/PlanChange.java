package io.cordon.gate;

import java.util.Optional;

/**
 * One difference between a question and the one it replaces.
 *
 * @param what JSON pointer into the plan such as {@code /bounds/release}; {@code /machines/} and a device id for a machine;
 *     {@code /severity} for the case
 * @param from the value before, null when there was none
 * @param to the value now, null when there is none
 */
public record PlanChange(String what, String from, String to) {
  static final String MACHINES = "/machines/";

  /** Device id of the machine that it is about, if it is about one. */
  public Optional<String> machine() {
    return what.startsWith(MACHINES) ? Optional.of(what.substring(MACHINES.length())) : Optional.empty();
  }
}
