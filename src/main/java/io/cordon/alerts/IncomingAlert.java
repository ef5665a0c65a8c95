package io.cordon.alerts;

import java.util.Set;

/**
 * The allow-listed part of one SecurityAlert (contracts: Sentinel sections 1.1 and 1.2). Everything else is only in raw.
 *
 * @param severity High, Medium, Low, Informational or UNKNOWN
 * @param detector our name of the product that raised it
 * @param aliases the machine as the alert names it, such as {@code mde:<40 hex>}; empty when not exactly one machine
 * @param raw the alert's own bytes, for the sealed store
 */
record IncomingAlert(String systemAlertId, String severity, String detector, Set<String> aliases, byte[] raw) {
  @Override
  public String toString() {
    return "IncomingAlert[" + systemAlertId + ", raw]";
  }
}
