package io.cordon.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Azure Resource Graph: Arc machines by resource id or by the tag MdeDeviceId. Contract Sentinel/Graph/Arc 4.2. */
final class SimulatedResourceGraph implements Service {
  private static final Pattern BY_ARC = Pattern.compile("tolower\\(id\\) == '([^']+)'");
  private static final Pattern BY_MDE = Pattern.compile("tags\\.MdeDeviceId =~ '([0-9a-fA-F]{40})'");

  private final Tokens tokens;
  private final Devices devices;

  SimulatedResourceGraph(Tokens tokens, Devices devices) {
    this.tokens = tokens;
    this.devices = devices;
  }

  @Override
  public String name() {
    return "arm";
  }

  @Override
  public boolean serves(Call call) {
    return call.path().startsWith("/providers/Microsoft.ResourceGraph/");
  }

  @Override
  public Answer answer(Call call) {
    if (tokens.check(call.bearer(), "https://management.azure.com").isEmpty()) {
      return Answer.json(401, Map.of("error", Map.of("code", "AuthenticationFailed", "message", "token")));
    }
    String query = call.json().path("query").asText("");
    Matcher arc = BY_ARC.matcher(query);
    Matcher mde = BY_MDE.matcher(query);
    boolean byArc = arc.find();
    boolean byMde = mde.find();
    if (!call.method().equals("POST") || !query.contains("microsoft.hybridcompute/machines") || byArc == byMde) {
      return Answer.unknown();
    }
    List<Map<String, Object>> rows =
        devices.all().stream()
            .filter(device -> byArc ? device.arcId.toLowerCase(Locale.ROOT).equals(arc.group(1)) : device.mdeId.equalsIgnoreCase(mde.group(1)))
            .map(SimulatedResourceGraph::row)
            .toList();
    return Answer.json(200, Map.of("totalRecords", rows.size(), "count", rows.size(), "resultTruncated", "false", "data", rows, "facets", List.of()));
  }

  private static Map<String, Object> row(Devices.Device device) {
    return Map.of("id", device.arcId, "name", device.name, "tags", device.tags, "status", device.online() ? "Connected" : "Disconnected",
        "osSku", device.os, "fqdn", device.dnsName());
  }
}
