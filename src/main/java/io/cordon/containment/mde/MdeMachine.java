package io.cordon.containment.mde;

import java.time.Instant;
import java.util.List;

/**
 * A device as MDE knows it. Contract mde, section 7. It has no isolation state, and {@code lastSeen} is no online test.
 *
 * @param computerDnsName may be null
 * @param healthStatus {@code Unknown} when absent
 * @param onboardingStatus {@code Unknown} when absent; compare ignoring case
 * @param lastSeen last full report; null when absent
 * @param mergedIntoMachineId the record that replaced this one, or null
 */
public record MdeMachine(
    String id,
    String computerDnsName,
    String osPlatform,
    String osVersion,
    String healthStatus,
    String onboardingStatus,
    Instant lastSeen,
    String agentVersion,
    String mergedIntoMachineId,
    List<String> machineTags) {
  public MdeMachine {
    machineTags = List.copyOf(machineTags);
  }
}
