package io.cordon.gate;

import io.cordon.evidence.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What a yes is for: hex SHA-256 over the canonical JSON of plan, window, what is said of it, and who said it. Pure. */
final class DecisionHash {
  private DecisionHash() {}

  /** @param decision with exact times, as by {@link Decision#inMillis} */
  static String of(Plan plan, Decision decision) {
    Map<String, Object> content = new HashMap<>();
    content.put("planHash", plan.planHash());
    content.put("verdict", decision.verdict().name());
    content.put("window", Map.of("from", decision.windowFrom().toString(), "to", decision.windowTo().toString()));
    content.put("backBy", decision.backBy().toString());
    content.put("procedureImpact", decision.procedureImpact().name());
    content.put("person", Map.of("tid", decision.person().tid(), "oid", decision.person().oid()));
    if (plan.machineCount() > 1) {
      content.put("leftOut", decision.leftOut().stream().sorted().toList());
    }
    if (decision.seen().machinesAtOnce() > 0) {
      content.put("machinesAtOnce", decision.seen().machinesAtOnce());
    }
    return Plans.sha256(new String(CanonicalJson.write(content), StandardCharsets.UTF_8));
  }
}
