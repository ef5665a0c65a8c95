package io.cordon.channels.sentinel;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The workspace whose incidents are commented.
 *
 * @param workspace ARM id of the Log Analytics workspace; blank when Sentinel is not written to
 * @param activate whether an incident that is New becomes Active when Clinical Ops is asked; off unless told
 */
@ConfigurationProperties("cordon.sentinel")
public record SentinelSettings(String workspace, boolean activate) {
  private static final Pattern WORKSPACE =
      Pattern.compile("/subscriptions/[0-9a-fA-F-]{36}/resourceGroups/[\\w.()-]{1,90}/providers/Microsoft\\.OperationalInsights/workspaces/[\\w-]{1,63}", Pattern.CASE_INSENSITIVE);

  public SentinelSettings {
    workspace = workspace == null ? "" : workspace.strip();
    if (!workspace.isEmpty() && !WORKSPACE.matcher(workspace).matches()) {
      throw new IllegalArgumentException("cordon.sentinel.workspace is not the ARM id of a Log Analytics workspace");
    }
  }

  /** Whether incidents are written to. */
  public boolean isOn() {
    return !workspace.isEmpty();
  }
}
