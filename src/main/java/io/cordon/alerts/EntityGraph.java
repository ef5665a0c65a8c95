package io.cordon.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The entities of a SecurityAlert: a graph of definitions ({@code $id}) that may stand inside others, and references
 * ({@code $ref}), contract Sentinel 1.2. Read in two passes: first every definition wherever it stands, then who refers
 * to whom. A host counts only by an exact id; names never do.
 */
final class EntityGraph {
  private static final int MOST_NODES = 5_000;
  static final int MOST_PROCESSES = 50;

  /** The entities are not the documented graph. */
  static final class UnreadableEntities extends RuntimeException {}

  private final Map<String, JsonNode> defined = new HashMap<>();
  private final Set<String> ambiguous = new HashSet<>();
  private final List<JsonNode> hosts = new ArrayList<>();
  private final List<JsonNode> processes = new ArrayList<>();

  EntityGraph(JsonNode entities) {
    List<JsonNode> open = new ArrayList<>(List.of(entities));
    for (int next = 0; next < open.size(); next++) {
      if (open.size() > MOST_NODES) {
        throw new UnreadableEntities();
      }
      JsonNode node = open.get(next);
      define(node);
      node.forEach(child -> {
        if (child.isContainerNode()) {
          open.add(child);
        }
      });
    }
  }

  private void define(JsonNode node) {
    JsonNode id = node.path("$id");
    if (id.isValueNode() && defined.put(id.asText(), node) != null) {
      ambiguous.add(id.asText());
    }
    if (isA("host", node)) {
      hosts.add(node);
    } else if (isA("process", node)) {
      processes.add(node);
    }
  }

  private static boolean isA(String type, JsonNode node) {
    return type.equalsIgnoreCase(node.path("Type").asText(""));
  }

  /**
   * The exact names of the one machine: the only host, or of several the one that every process names as its own; with
   * no host that has a name, the resource the alert is about. Empty in any doubt.
   *
   * @param resource the alert's own resource, when that is a machine
   */
  Set<String> machine(Set<String> resource) {
    MachinesNamed named = new MachinesNamed();
    hosts.forEach(host -> named.add(namesOf(host)));
    if (!named.isSeveral()) {
      return named.oneOr(resource);
    }
    MachinesNamed ofProcesses = new MachinesNamed();
    processes.forEach(process -> ofProcesses.add(namesOf(resolve(process.path("Host")))));
    return ofProcesses.isEmpty() ? Set.of() : ofProcesses.one();
  }

  /** Ids of the processes, each once, rising; hexadecimal from Defender for Cloud, decimal from Defender for Endpoint. */
  List<Long> processIds() {
    return processes.stream()
        .map(process -> pid(process.path("ProcessId").asText("")))
        .filter(pid -> pid > 0)
        .sorted()
        .distinct()
        .limit(MOST_PROCESSES)
        .toList();
  }

  /** Those that are named exactly: id, start, and the hash of what they run, written inline or as a reference. */
  List<NamedProcess> namedProcesses() {
    return processes.stream()
        .flatMap(process ->
            NamedProcess.of(
                    pid(process.path("ProcessId").asText("")), Fields.text(process, "CreationTimeUtc", "CreatedTimeUtc"),
                    sha256(resolve(process.path("ImageFile")))).stream())
        .distinct()
        .limit(MOST_PROCESSES)
        .toList();
  }

  private Optional<String> sha256(JsonNode file) {
    for (JsonNode one : file.path("FileHashes")) {
      JsonNode hash = resolve(one);
      if ("SHA256".equalsIgnoreCase(hash.path("Algorithm").asText())) {
        return Fields.text(hash, "Value");
      }
    }
    return Optional.empty();
  }

  private static long pid(String text) {
    try {
      boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
      return Integer.toUnsignedLong(hexadecimal ? Integer.parseUnsignedInt(text.substring(2), 16) : Integer.parseUnsignedInt(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asText(null);
    return reference == null || ambiguous.contains(reference) ? node : defined.getOrDefault(reference, node);
  }

  private static Set<String> namesOf(JsonNode host) {
    return isA("host", host)
        ? MachinesNamed.names(Fields.text(host, "MdatpDeviceId"), Fields.text(host, "AzureID"))
        : Set.of();
  }
}
