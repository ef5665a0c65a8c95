package io.cordon.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** PagerDuty REST API v2: who is on call. Contract Teams/PagerDuty 8 and 11.8. */
final class SimulatedOnCalls implements Service {
  static final String KEY = "sandbox-only-read-key";
  /** Escalation policy of each clinical service, and who is on call at its first and second level. */
  static final Map<String, List<String>> POLICIES =
      Map.of("PPACS", List.of("clin.pacs", "clin.exec"), "PEHR", List.of("clin.ehr", "clin.exec"), "PFHIR", List.of("clin.ehr", "clin.exec"));

  private static final Set<String> KNOWN = Set.of("escalation_policy_ids[]", "earliest", "limit", "offset");

  @Override
  public String name() {
    return "pagerduty";
  }

  @Override
  public boolean serves(Call call) {
    return call.path().equals("/oncalls");
  }

  @Override
  public Answer answer(Call call) {
    if (!("Token token=" + KEY).equals(call.headers().get("authorization"))) {
      return error(401, 2006, "Authentication failed");
    }
    Map<String, String> asked = call.parameters();
    boolean rightVersion = "application/vnd.pagerduty+json;version=2".equals(call.headers().get("accept"));
    if (!call.method().equals("GET") || !rightVersion || !KNOWN.containsAll(asked.keySet())) {
      return error(400, 2001, "Invalid Input Provided");
    }
    List<String> people = POLICIES.getOrDefault(asked.get("escalation_policy_ids[]"), List.of());
    return Answer.json(200, page(asked.get("escalation_policy_ids[]"), people));
  }

  private static Map<String, Object> page(String policy, List<String> people) {
    List<Map<String, Object>> entries =
        IntStream.range(0, people.size()).mapToObj(level -> entry(policy, level + 1, people.get(level))).toList();
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("oncalls", entries);
    page.put("limit", 100);
    page.put("offset", 0);
    page.put("more", false);
    page.put("total", null);
    return page;
  }

  private static Map<String, Object> entry(String policy, int level, String person) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("escalation_policy", Map.of("id", policy, "type", "escalation_policy_reference", "summary", policy));
    entry.put("escalation_level", level);
    entry.put("schedule", null);
    entry.put("user", Map.of("id", "U" + level, "type", "user_reference", "summary", person));
    entry.put("start", null);
    entry.put("end", null);
    return entry;
  }

  private static Answer error(int status, int code, String message) {
    return Answer.json(status, Map.of("error", Map.of("message", message, "code", code, "errors", List.of())));
  }
}
