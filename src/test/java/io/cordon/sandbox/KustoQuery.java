package io.cordon.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The few queries for Arc machines that Resource Graph is known to answer; anything else is not understood. */
final class KustoQuery {
  private static final Pattern BY_ARC = Pattern.compile("where tolower\\(id\\) == '([^'|]+)'");
  private static final Pattern BY_MDE = Pattern.compile("where tags\\.MdeDeviceId =~ '([^'|]+)'");
  private static final String MACHINES = "where type =~ 'microsoft.hybridcompute/machines'";
  private static final Pattern PROPERTY = Pattern.compile("(\\w+) ?= ?tostring\\(properties\\.(\\w+)\\)");
  private static final String WITH_ID = "extend mid = tolower(id)";
  /** The one join that is understood: the extensions of each machine, as a list named ext. */
  private static final String EXTENSIONS =
      "join kind=leftouter (resources | where type =~ 'microsoft.hybridcompute/machines/extensions'"
          + " | extend mid = tolower(substring(id, 0, indexof(tolower(id), '/extensions/')))"
          + " | where tostring(properties.type) in~ ('MDE.Linux','AzureMonitorLinuxAgent')"
          + " | summarize ext = make_list(pack('t', tostring(properties.type), 's', tostring(properties.provisioningState))) by mid) on mid";
  private static final List<String> PLAIN = List.of("id", "name", "tags");
  private static final List<String> PROPERTIES = List.of("status", "osSku", "machineFqdn");

  /** By Arc id or by MDE id; the other is null. */
  private final String arcId;
  private final String mdeId;
  private final Map<String, String> columns;

  private KustoQuery(String arcId, String mdeId, Map<String, String> columns) {
    this.arcId = arcId;
    this.mdeId = mdeId;
    this.columns = columns;
  }

  /** The query, or empty when any part of it is not understood. */
  static Optional<KustoQuery> of(String text) {
    int join = text.indexOf(" | " + EXTENSIONS);
    return join < 0 ? machines(text) : joined(text.substring(0, join), text.substring(join + EXTENSIONS.length() + " | ".length()));
  }

  /** What is projected after the join must be a column of either side. */
  private static Optional<KustoQuery> joined(String machines, String after) {
    if (!machines.contains(" | " + WITH_ID + " | project mid, ") || !after.startsWith(" | project ")) {
      return Optional.empty();
    }
    Optional<KustoQuery> left = machines(machines.replace(" | " + WITH_ID + " | project mid, ", " | project "));
    List<String> names = List.of(after.substring(" | project ".length()).split(", ?", -1));
    return left.filter(query -> names.stream().allMatch(name -> name.equals("ext") || query.columns.containsKey(name)))
        .map(query -> {
          Map<String, String> columns = new LinkedHashMap<>();
          names.forEach(name -> columns.put(name, query.columns.getOrDefault(name, "ext")));
          return new KustoQuery(query.arcId, query.mdeId, columns);
        });
  }

  private static Optional<KustoQuery> machines(String text) {
    String[] clauses = text.strip().split("\\s*\\|\\s*", -1);
    if (clauses.length != 4 || !clauses[0].equals("resources") || !clauses[1].equals(MACHINES)) {
      return Optional.empty();
    }
    Matcher arc = BY_ARC.matcher(clauses[2]);
    Matcher mde = BY_MDE.matcher(clauses[2]);
    boolean byArc = arc.matches();
    Map<String, String> columns = columns(clauses[3]);
    if (byArc == mde.matches() || columns.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new KustoQuery(byArc ? arc.group(1) : null, byArc ? null : mde.group(1), columns));
  }

  // the name of each column and where it comes from; empty when one is not understood
  private static Map<String, String> columns(String clause) {
    Map<String, String> columns = new LinkedHashMap<>();
    if (!clause.startsWith("project ")) {
      return Map.of();
    }
    for (String column : clause.substring("project ".length()).split(",", -1)) {
      Matcher property = PROPERTY.matcher(column.strip());
      if (PLAIN.contains(column.strip())) {
        columns.put(column.strip(), column.strip());
      } else if (property.matches() && PROPERTIES.contains(property.group(2))) {
        columns.put(property.group(1), property.group(2));
      } else {
        return Map.of();
      }
    }
    return columns;
  }

  List<Map<String, Object>> rows(Devices devices) {
    // == compares letter by letter, =~ does not
    Optional<Devices.Device> device =
        arcId == null ? devices.byMdeId(mdeId) : devices.byArcId(arcId).filter(found -> found.arcId.toLowerCase(Locale.ROOT).equals(arcId));
    return device.filter(found -> !found.arcId.isEmpty()).map(this::row).stream().toList();
  }

  private Map<String, Object> row(Devices.Device device) {
    Map<String, Object> row = new LinkedHashMap<>();
    columns.forEach((name, source) -> row.put(name, value(device, source)));
    return row;
  }

  private static Object value(Devices.Device device, String source) {
    return switch (source) {
      case "id" -> device.arcId;
      case "name" -> device.name;
      case "tags" -> device.tags;
      case "status" -> device.connected() ? "Connected" : "Disconnected";
      case "osSku" -> device.os;
      case "ext" -> List.of(Map.of("t", "MDE.Linux", "s", "Succeeded"), Map.of("t", "AzureMonitorLinuxAgent", "s", "Succeeded"));
      default -> device.dnsName();
    };
  }
}
