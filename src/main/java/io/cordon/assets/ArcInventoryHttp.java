package io.cordon.assets;

import io.cordon.platform.azure.ResourceGraph;
import io.cordon.platform.azure.ResourceGraphException;
import io.cordon.platform.azure.TokenUnavailable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Arc machines from Azure Resource Graph. Only ids of strict shape ever enter a query. */
final class ArcInventoryHttp implements ArcInventory {
  private static final String MACHINES = "resources | where type =~ 'microsoft.hybridcompute/machines' | where ";
  private static final String COLUMNS =
      " | extend mid = tolower(id) | project mid, id, name, tags, status=tostring(properties.status),"
          + " osSku=tostring(properties.osSku), fqdn=tostring(properties.machineFqdn)";
  private static final String EXTENSIONS =
      " | join kind=leftouter (resources | where type =~ 'microsoft.hybridcompute/machines/extensions'"
          + " | extend mid = tolower(substring(id, 0, indexof(tolower(id), '/extensions/')))"
          + " | where tostring(properties.type) in~ ('MDE.Linux','AzureMonitorLinuxAgent')"
          + " | summarize ext = make_list(pack('t', tostring(properties.type), 's', tostring(properties.provisioningState))) by mid) on mid"
          + " | project id, name, tags, status, osSku, fqdn, ext";
  private static final int MAX = 100;

  private final ResourceGraph graph;
  private final List<String> subscriptions;

  ArcInventoryHttp(ResourceGraph graph, List<String> subscriptions) {
    this.graph = graph;
    this.subscriptions = subscriptions;
  }

  @Override
  public List<ArcMachine> byArcId(String arcId) {
    return machines("tolower(id) == '" + exact(MachineIds.arc(arcId), "an Arc machine id") + "'");
  }

  @Override
  public List<ArcMachine> byMdeDeviceId(String mdeDeviceId) {
    return machines("tags.MdeDeviceId =~ '" + exact(MachineIds.mde(mdeDeviceId), "an MDE device id") + "'");
  }

  private List<ArcMachine> machines(String filter) {
    try {
      return graph.query(subscriptions, MACHINES + filter + COLUMNS + EXTENSIONS, MAX).stream()
          .map(ArcInventoryHttp::machine)
          .toList();
    } catch (ResourceGraphException e) {
      throw new ArcUnavailable(e.status());
    } catch (TokenUnavailable e) {
      throw new ArcUnavailable(0);
    }
  }

  private static ArcMachine machine(Map<String, Object> row) {
    Map<String, String> tags = tags(row.get("tags"));
    if (!(row.get("id") instanceof String id)) {
      throw new ArcUnavailable(200);
    }
    return new ArcMachine(
        id.toLowerCase(Locale.ROOT),
        text(row, "name", ""),
        mdeDeviceId(tags),
        tags,
        text(row, "status", "Unknown"),
        text(row, "osSku", ""),
        text(row, "fqdn", ""),
        extensions(row.get("ext")));
  }

  private static Map<String, String> extensions(Object value) {
    Map<String, String> extensions = new LinkedHashMap<>();
    if (value instanceof List<?> list) {
      list.forEach(one -> {
        if (one instanceof Map<?, ?> packed && packed.get("t") instanceof String type && packed.get("s") instanceof String state) {
          extensions.put(type, state);
        }
      });
    }
    return extensions;
  }

  // Azure keeps the case of a tag name but ignores it when comparing.
  private static String mdeDeviceId(Map<String, String> tags) {
    return tags.entrySet().stream()
        .filter(tag -> tag.getKey().equalsIgnoreCase("MdeDeviceId"))
        .flatMap(tag -> MachineIds.mde(tag.getValue()).stream())
        .findFirst()
        .orElse(null);
  }

  private static Map<String, String> tags(Object value) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, tag) -> tags.put(String.valueOf(key), tag == null ? "" : String.valueOf(tag)));
    }
    return tags;
  }

  private static String text(Map<String, Object> row, String column, String otherwise) {
    return row.get(column) instanceof String value && !value.isEmpty() ? value : otherwise;
  }

  private static String exact(Optional<String> id, String what) {
    return id.orElseThrow(() -> new IllegalArgumentException("Not " + what));
  }
}
