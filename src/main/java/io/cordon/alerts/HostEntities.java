package io.cordon.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.assets.MachineIds;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the machine in an alert's entity graph (Sentinel contract 1.2). A host counts only by an exact id; names never
 * do. Definitions may stand inside other entities, references ({@code $ref}) add nothing to what their definition says.
 */
final class HostEntities {
  private static final int MOST_ENTITIES = 5_000;

  /** The entities are not the documented graph. */
  static final class UnreadableEntities extends RuntimeException {}

  private HostEntities() {}

  /** The aliases of the one machine; empty when there is none, more than one, or one that has no exact id. */
  static Set<String> aliases(JsonNode entities, String resourceId) {
    Set<Set<String>> machines = new LinkedHashSet<>();
    Deque<JsonNode> open = new ArrayDeque<>();
    open.push(entities);
    int seen = 0;
    while (!open.isEmpty()) {
      JsonNode node = open.pop();
      if (++seen > MOST_ENTITIES) {
        throw new UnreadableEntities();
      }
      if (node.isObject() && "host".equalsIgnoreCase(node.path("Type").asText())) {
        machines.add(aliasesOf(node));
      }
      node.forEach(child -> {
        if (child.isContainerNode()) {
          open.push(child);
        }
      });
    }
    if (machines.isEmpty()) {
      return MachineIds.arc(resourceId).map(id -> Set.of("arc:" + id)).orElse(Set.of());
    }
    return machines.size() == 1 ? machines.iterator().next() : Set.of();
  }

  private static Set<String> aliasesOf(JsonNode host) {
    Set<String> aliases = new TreeSet<>();
    MachineIds.mde(host.path("MdatpDeviceId").asText("")).ifPresent(id -> aliases.add("mde:" + id));
    MachineIds.arc(host.path("AzureID").asText("")).ifPresent(id -> aliases.add("arc:" + id));
    return aliases;
  }
}
