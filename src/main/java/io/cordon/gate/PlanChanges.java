package io.cordon.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** What differs between two plans, so that nobody says yes again to what they think they know. Pure. */
final class PlanChanges {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlanChanges() {}

  /** The differences between two canonical plans, by pointer; machines by their ids, whatever their order. */
  static List<PlanChange> between(String before, String now) {
    return between(flat(before), flat(now));
  }

  static List<PlanChange> between(Map<String, String> before, Map<String, String> now) {
    TreeSet<String> all = new TreeSet<>(before.keySet());
    all.addAll(now.keySet());
    List<PlanChange> changes = new ArrayList<>();
    for (String what : all) {
      if (!Objects.equals(before.get(what), now.get(what))) {
        changes.add(new PlanChange(what, before.get(what), now.get(what)));
      }
    }
    return changes;
  }

  private static Map<String, String> flat(String canonical) {
    try {
      Map<String, String> values = new TreeMap<>();
      flatten("", JSON.readTree(canonical), values);
      return values;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored plan is no JSON", e);
    }
  }

  private static void flatten(String at, JsonNode node, Map<String, String> values) {
    if (at.equals("/targets")) {
      node.forEach(target -> values.put(PlanChange.MACHINES + target.path("mde").asText(), target.path("arc").asText()));
    } else if (node.isObject()) {
      node.properties().forEach(field -> flatten(at + "/" + field.getKey(), field.getValue(), values));
    } else {
      values.put(at, node.asText());
    }
  }
}
