package io.cordon.alerts;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The allow-listed part of one alert (contracts: Sentinel sections 1.1, 1.2, 2.2 and 2.4). Everything else is only in raw.
 *
 * @param vendorId the detection's id at the product that raised it, the same in every copy
 * @param severity High, Medium, Low, Informational or UNKNOWN
 * @param detector our name of the product that raised it
 * @param tactics of MITRE ATT&CK
 * @param falsePositive whether it was closed as one where it came from
 * @param aliases the machine as the alert names it, such as {@code mde:<40 hex>}; empty when not exactly one machine
 * @param processIds of the processes it names, at most 50
 * @param processes those of them that it names exactly, at most 50
 * @param raw the alert's own bytes, for the sealed store
 * @param incident the Sentinel incident it came in, where that is known
 */
record IncomingAlert(
    String systemAlertId,
    Optional<String> vendorId,
    String severity,
    String detector,
    Set<String> tactics,
    boolean falsePositive,
    Set<String> aliases,
    List<Long> processIds,
    List<NamedProcess> processes,
    byte[] raw,
    Optional<UUID> incident) {
  /** The same alert, of which these processes are known exactly. */
  IncomingAlert naming(List<NamedProcess> exactly) {
    return new IncomingAlert(systemAlertId, vendorId, severity, detector, tactics, falsePositive, aliases, processIds, exactly, raw, incident);
  }

  /** An alert that did not come as part of an incident. */
  IncomingAlert(
      String systemAlertId,
      Optional<String> vendorId,
      String severity,
      String detector,
      Set<String> tactics,
      boolean falsePositive,
      Set<String> aliases,
      List<Long> processIds,
      byte[] raw) {
    this(systemAlertId, vendorId, severity, detector, tactics, falsePositive, aliases, processIds, List.of(), raw, Optional.empty());
  }

  @Override
  public String toString() {
    return "IncomingAlert[" + systemAlertId + ", [raw]]";
  }
}
