package io.cordon.gate.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A set of combinations of inputs: for every input the values it may have. None of these lists is empty. */
public record Region(Map<PolicyInput, Set<String>> values) {
  /** Every combination there is. */
  static final Region ALL = all();

  public Region {
    values = Collections.unmodifiableMap(new EnumMap<>(values));
  }

  private static Region all() {
    Map<PolicyInput, Set<String>> all = new EnumMap<>(PolicyInput.class);
    for (PolicyInput input : PolicyInput.values()) {
      all.put(input, new LinkedHashSet<>(input.domain()));
    }
    return new Region(all);
  }

  Region with(PolicyInput input, Set<String> only) {
    Map<PolicyInput, Set<String>> changed = new EnumMap<>(values);
    changed.put(input, only);
    return new Region(changed);
  }

  /** The combinations that are in both, if there are any. */
  Optional<Region> and(Region other) {
    Map<PolicyInput, Set<String>> both = new EnumMap<>(PolicyInput.class);
    for (PolicyInput input : PolicyInput.values()) {
      Set<String> common = new LinkedHashSet<>(values.get(input));
      common.retainAll(other.values.get(input));
      if (common.isEmpty()) {
        return Optional.empty();
      }
      both.put(input, common);
    }
    return Optional.of(new Region(both));
  }

  /** The combinations that are here and not in the other, as regions that do not overlap. */
  List<Region> minus(Region other) {
    Optional<Region> common = and(other);
    if (common.isEmpty()) {
      return List.of(this);
    }
    List<Region> left = new ArrayList<>();
    Region rest = this;
    for (PolicyInput input : PolicyInput.values()) {
      Set<String> outside = new LinkedHashSet<>(rest.values.get(input));
      outside.removeAll(other.values.get(input));
      if (!outside.isEmpty()) {
        left.add(rest.with(input, outside));
      }
      rest = rest.with(input, common.get().values.get(input));
    }
    return left;
  }

  /** Both as one region, if they differ in one input only. */
  private Optional<Region> join(Region other) {
    List<PolicyInput> different = values.keySet().stream().filter(input -> !values.get(input).equals(other.values.get(input))).toList();
    if (different.size() != 1) {
      return Optional.empty();
    }
    PolicyInput input = different.get(0);
    Set<String> either = new LinkedHashSet<>(input.domain());
    either.removeIf(value -> !values.get(input).contains(value) && !other.values.get(input).contains(value));
    return Optional.of(with(input, either));
  }

  /** The same combinations in fewer regions, for people to read. */
  static List<Region> joined(List<Region> regions) {
    List<Region> left = new ArrayList<>(regions);
    for (int i = 0; i < left.size(); i++) {
      for (int j = i + 1; j < left.size(); j++) {
        Optional<Region> both = left.get(i).join(left.get(j));
        if (both.isPresent()) {
          left.set(i, both.get());
          left.remove(j);
          i = -1;
          break;
        }
      }
    }
    return left;
  }

  /** Such as {@code env Dev; containsPhi true or UNKNOWN}, without the inputs that may be anything. */
  @Override
  public String toString() {
    String said =
        values.entrySet().stream()
            .filter(input -> input.getValue().size() < input.getKey().domain().size())
            .map(input -> input.getKey().key() + " " + String.join(" or ", input.getValue()))
            .collect(Collectors.joining("; "));
    return said.isEmpty() ? "everything" : said;
  }
}
