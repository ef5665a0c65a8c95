package io.cordon.alerts;

import io.cordon.assets.MachineIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The machines an alert names, by exact ids only; says which one it is when that is beyond doubt. */
final class MachinesNamed {
  private final List<Set<String>> machines = new ArrayList<>();

  /** The exact names among these two, such as {@code mde:<40 hex>}; whatever is no id is none. */
  static Set<String> names(Optional<String> mdeDeviceId, Optional<String> arcId) {
    Set<String> names = new TreeSet<>();
    mdeDeviceId.flatMap(MachineIds::mde).ifPresent(id -> names.add("mde:" + id));
    arcId.flatMap(MachineIds::arc).ifPresent(id -> names.add("arc:" + id));
    return names;
  }

  /** Adds a machine, or further names of one that is known by one of them; a machine without a name is another one. */
  void add(Set<String> names) {
    machines.stream()
        .filter(machine -> !Collections.disjoint(machine, names))
        .findFirst()
        .ifPresentOrElse(machine -> machine.addAll(names), () -> machines.add(new TreeSet<>(names)));
  }

  boolean isEmpty() {
    return machines.isEmpty();
  }

  boolean isSeveral() {
    return machines.size() > 1;
  }

  /** The names of the one machine; none when there are several, or one whose names contradict each other. */
  Set<String> one() {
    boolean certain = machines.size() == 1 && count("mde:") <= 1 && count("arc:") <= 1;
    return certain ? machines.get(0) : Set.of();
  }

  /** The same, or the Azure resource the alert is about when no host with a name says otherwise. */
  Set<String> oneOr(Set<String> resource) {
    if (isSeveral() || resource.size() > 1) {
      return Set.of();
    }
    Set<String> one = one();
    if (one.isEmpty()) {
      return machines.isEmpty() || machines.get(0).isEmpty() ? resource : Set.of();
    }
    boolean contradicts = count("arc:") == 1 && !one.containsAll(resource);
    return contradicts ? Set.of() : one;
  }

  private long count(String kind) {
    return machines.get(0).stream().filter(name -> name.startsWith(kind)).count();
  }
}
