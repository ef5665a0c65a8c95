package io.cordon.posture.hunts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What is looked for. Pure. Every query is bound to one device and one span of time. Contract sentinel-graph-arc, section 12. */
enum Hunt {
  /** Files changed where changes matter: configuration, ssh, the PACS. */
  FILE_CHANGES(
      "DeviceFileEvents",
      "ActionType in (\"FileModified\",\"FileCreated\",\"FileDeleted\") and (FolderPath startswith \"/etc\" or FolderPath startswith \"/opt/pacs\")",
      "summarize changes=count() by ActionType, area=iff(FolderPath startswith \"/etc/ssh\",\"ssh\",iff(FolderPath startswith \"/etc\",\"etc\",\"pacs\"))",
      "project Timestamp, ActionType, FolderPath, FileName",
      Map.of("changes", "area")),
  /** Who exchanged images with the machine; a peer counts once for each pair of ports. */
  DICOM_PEERS(
      "DeviceNetworkEvents",
      "RemotePort in (104, 11112) or LocalPort in (104, 11112)",
      "summarize flows=count(), peers=dcount(RemoteIP) by RemotePort, LocalPort",
      "project Timestamp, ActionType, RemoteIP, RemotePort, LocalPort",
      Map.of("flows", "", "peers", "")),
  /** Shells that were given away over the network. */
  NET_SHELLS(
      "DeviceProcessEvents",
      "ProcessCommandLine has_any (\"nc -e\", \"/dev/tcp\")",
      "summarize hits=count()",
      "project Timestamp, FileName, ProcessCommandLine, SHA256",
      Map.of("hits", ""));

  /** Rows that are kept of one hunt at most. */
  static final int MOST_ROWS = 500;
  private static final Pattern DEVICE = Pattern.compile("[0-9a-fA-F]{40}");

  private final String table;
  private final String condition;
  private final String counts;
  private final String columns;
  /** Columns that hold numbers, each with the column that names what it counts, or none. */
  private final Map<String, String> numbers;

  Hunt(String table, String condition, String counts, String columns, Map<String, String> numbers) {
    this.table = table;
    this.condition = condition;
    this.counts = counts;
    this.columns = columns;
    this.numbers = numbers;
  }

  /** @throws IllegalArgumentException when this is no device id */
  String countQuery(String device, Instant from, Instant to) {
    return bound(device, from, to) + " | " + counts;
  }

  /** The rows behind the counts. */
  String rowQuery(String device, Instant from, Instant to) {
    return bound(device, from, to) + " | " + columns + " | take " + MOST_ROWS;
  }

  private String bound(String device, Instant from, Instant to) {
    if (!DEVICE.matcher(device).matches()) {
      throw new IllegalArgumentException("no device id");
    }
    return table + " | where DeviceId == \"" + device.toLowerCase(Locale.ROOT) + "\" and Timestamp between (datetime(" + from + ") .. datetime(" + to + ")) | where " + condition;
  }

  /** The counts of an answer by their name in evidence; those not found are zero. An unknown area counts as none. */
  Map<String, Object> counted(List<ObjectNode> rows) {
    Map<String, Object> sums = new TreeMap<>();
    names().forEach(name -> sums.put(name, 0L));
    for (ObjectNode row : rows) {
      numbers.forEach((column, area) -> sums.computeIfPresent(area.isEmpty() ? column : row.path(area).asText(), (name, sum) -> (Long) sum + row.path(column).asLong()));
    }
    return sums;
  }

  private List<String> names() {
    return this == FILE_CHANGES ? List.of("etc", "ssh", "pacs") : List.copyOf(numbers.keySet());
  }
}
