package io.cordon.assets;

import java.util.Map;
import java.util.Objects;

/**
 * A server as Azure Arc knows it. Contract sentinel-graph-arc, sections 4.2 and 4.3.
 *
 * @param arcId the lower-case resource id
 * @param mdeDeviceId from the tag {@code MdeDeviceId}; null when the tag is absent or not a device id
 * @param status as reported ({@code Connected}, {@code Disconnected}, ...); {@code Unknown} when absent
 * @param extensions provisioning state by type, of the extensions Cordon looks at; empty when none is there
 */
public record ArcMachine(
    String arcId,
    String name,
    String mdeDeviceId,
    Map<String, String> tags,
    String status,
    String osSku,
    String fqdn,
    Map<String, String> extensions) {
  public ArcMachine {
    Objects.requireNonNull(arcId, "arcId");
    tags = Map.copyOf(tags);
    extensions = Map.copyOf(extensions);
  }
}
