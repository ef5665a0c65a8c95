package io.cordon.gate.policy;

import io.cordon.gate.policy.Route.Way;
import io.cordon.gate.policy.Strictness.Output;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What no table can loosen, whoever agreed to it. */
public final class PolicyFloor {
  /** What a table may choose as it likes even where little is known. */
  private static final Set<Output> FREE = EnumSet.of(Output.ANSWER_MINUTES, Output.LADDER, Output.MAX_ISOLATION_HOURS);

  private PolicyFloor() {}

  /** The route that is taken when the table proposes this one about a machine with these facts. */
  public static Route apply(Map<PolicyInput, String> facts, Route proposed) {
    if ("true".equals(facts.get(PolicyInput.NEVER_ISOLATE))) {
      return proposed.way() == Way.FORBIDDEN ? proposed : Route.FORBIDDEN;
    }
    boolean tooWeak =
        proposed.way() == Way.FORBIDDEN // nobody said that in the register
            || isUnsure(facts) && !FREE.containsAll(Strictness.weaker(proposed, Route.STRICTEST))
            || proposed.way() == Way.STANDARD_CHANGE && isClinical(facts);
    return tooWeak ? Route.STRICTEST : proposed;
  }

  /** Whether something is not known that an approver relies on, or Defender cannot do the action. */
  private static boolean isUnsure(Map<PolicyInput, String> facts) {
    return !"FULL".equals(facts.get(PolicyInput.CAPABILITY))
        || Stream.of(PolicyInput.SYSTEM, PolicyInput.ENV, PolicyInput.CONTAINS_PHI, PolicyInput.ACTION, PolicyInput.NEVER_ISOLATE)
            .anyMatch(input -> PolicyInput.UNKNOWN.equals(facts.get(input)));
  }

  private static boolean isClinical(Map<PolicyInput, String> facts) {
    return !"Dev".equals(facts.get(PolicyInput.ENV)) || !"false".equals(facts.get(PolicyInput.CONTAINS_PHI));
  }
}
