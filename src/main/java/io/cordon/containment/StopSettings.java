package io.cordon.containment;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whether and how processes may be stopped.
 *
 * @param defenderPlan P2 when the servers have live response; without it stopping a process is not offered
 * @param script name of the script in the tenant's library
 * @param scriptSha256 of the script as it was reviewed; without it nothing is ever run
 * @param protectedNames processes that the script leaves alone whatever is asked, besides those it names itself
 */
@ConfigurationProperties("cordon.stop-process")
public record StopSettings(String defenderPlan, String script, String scriptSha256, List<String> protectedNames) {
  public StopSettings {
    script = script == null ? "cordon-stop-process.sh" : script;
    scriptSha256 = scriptSha256 == null ? "" : scriptSha256.strip().toLowerCase(java.util.Locale.ROOT);
    protectedNames = protectedNames == null ? List.of() : List.copyOf(protectedNames);
    if (!scriptSha256.matches("([0-9a-f]{64})?") || !protectedNames.stream().allMatch(name -> name.matches("[A-Za-z0-9_.-]{1,40}"))) {
      throw new IllegalStateException("cordon.stop-process.script-sha256 must be 64 hex digits, and protected-names plain names");
    }
  }

  /** Whether a process can be stopped at this site at all. */
  public boolean isOffered() {
    return "P2".equalsIgnoreCase(defenderPlan) && !scriptSha256.isEmpty();
  }
}
