package io.cordon.gate.clearance;

import java.util.List;

/**
 * A machine of a plan.
 *
 * @param locations ids of the FHIR locations it serves, as the register says; empty when it says none
 */
record Target(String arcId, String name, List<String> locations) {
  Target {
    locations = List.copyOf(locations);
  }
}
