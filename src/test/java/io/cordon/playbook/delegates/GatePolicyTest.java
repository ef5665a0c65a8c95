package io.cordon.playbook.delegates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every combination of what the policy table can be asked, on the real decision engine. */
class GatePolicyTest {
  private static final Map<String, List<String>> VALUES =
      Map.of(
          "system", List.of("PACS", "FHIR", "EHR", "UNKNOWN"),
          "env", List.of("Prod", "Dev", "UNKNOWN"),
          "containsPhi", List.of("true", "false", "UNKNOWN"),
          "severity", List.of("High", "Medium", "Low", "Informational", "UNKNOWN"),
          "neverIsolate", List.of("true", "false", "UNKNOWN"),
          "egress", List.of("DIRECT", "TRANSPARENT", "PROXY", "UNKNOWN"));
  private static final Route FORBIDDEN = new Route("FORBIDDEN", false, "STEP_UP", 30, 0, "BY_HAND");
  private static final Route UNKNOWN_MACHINE = new Route("CLINICAL_AND_SECURITY", false, "STEP_UP", 30, 4, "BY_HAND");
  private static final Route BY_ITSELF = new Route("CLINICAL_APPROVAL", true, "STEP_UP", 15, 8, "BY_HAND");
  private static final Route SOC_FIRST = new Route("CLINICAL_APPROVAL", false, "STEP_UP", 15, 8, "BY_HAND");
  private static final Route SOC_FIRST_NO_HURRY = new Route("CLINICAL_APPROVAL", false, "STEP_UP", 60, 8, "BY_HAND");
  private static final Route DEVELOPMENT = new Route("CLINICAL_APPROVAL", false, "CHANNEL", 60, 24, "BY_PLAN");

  private static final Map<Map<String, String>, List<Map<String, Object>>> ANSWERS = new HashMap<>();

  @BeforeAll
  static void askEverything() throws Exception {
    DmnEngine engine = DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    try (InputStream table = GatePolicyTest.class.getResourceAsStream("/bpmn/gate-policy.dmn")) {
      DmnDecision decision = engine.parseDecision("gatePolicy", table);
      // two hits in a UNIQUE table throw here
      combinations().forEach(asked -> ANSWERS.put(asked, engine.evaluateDecisionTable(decision, new HashMap<>(asked)).getResultList()));
    }
    assertThat(ANSWERS).hasSize(4 * 3 * 3 * 5 * 3 * 4);
  }

  @Test
  void hitsOneRuleAtMostAndIsStrictestWithoutOne() {
    assertThat(ANSWERS).allSatisfy((asked, hits) -> {
      assertThat(hits).hasSizeLessThanOrEqualTo(1);
      if (hits.isEmpty()) {
        assertThat(Route.of(hits)).isEqualTo(Route.STRICTEST);
      } else {
        assertThat(Route.of(hits)).as("readable").isEqualTo(route(hits.get(0)));
      }
    });
  }

  @Test
  void takesTheRouteThatIsWritten() {
    assertThat(ANSWERS).allSatisfy((asked, hits) -> assertThat(Route.of(hits)).isEqualTo(expected(asked)));
  }

  /** The policy once more in words; what none of them covers is the strictest. */
  private static Route expected(Map<String, String> asked) {
    if (is(asked, "neverIsolate", "true")) {
      return FORBIDDEN;
    }
    if (is(asked, "neverIsolate", "UNKNOWN")) {
      return Route.STRICTEST;
    }
    if (is(asked, "env", "UNKNOWN") || is(asked, "containsPhi", "UNKNOWN") || is(asked, "system", "UNKNOWN")) {
      return UNKNOWN_MACHINE;
    }
    if (is(asked, "env", "Dev") && is(asked, "containsPhi", "false")) {
      return DEVELOPMENT;
    }
    if (is(asked, "env", "Dev") || is(asked, "containsPhi", "false") || is(asked, "severity", "UNKNOWN")) {
      return Route.STRICTEST;
    }
    if (!is(asked, "severity", "High")) {
      return SOC_FIRST_NO_HURRY;
    }
    return is(asked, "egress", "DIRECT") || is(asked, "egress", "TRANSPARENT") ? BY_ITSELF : SOC_FIRST;
  }

  @Test
  void startsByItselfOnlyForASevereAlertOnAKnownMachineThatCanBeReached() {
    assertThat(ANSWERS).allSatisfy((asked, hits) -> {
      if (Route.of(hits).launch()) {
        assertThat(asked).containsEntry("severity", "High").containsEntry("neverIsolate", "false").doesNotContainValue("UNKNOWN");
        assertThat(Route.of(hits).assurance()).isEqualTo("STEP_UP");
      }
    });
  }

  @Test
  void takesAnAnswerFromTheChannelOnlyWhereNoPatientDependsOnIt() {
    assertThat(ANSWERS).allSatisfy((asked, hits) -> {
      if (!Route.of(hits).assurance().equals("STEP_UP")) {
        assertThat(asked).containsEntry("env", "Dev").containsEntry("containsPhi", "false");
        assertThat(asked.get("system")).isNotEqualTo("UNKNOWN");
      }
    });
  }

  @Test
  void isStrictestWhenAnInputIsMissingOrStrange() {
    assertThat(Route.of(List.of())).isEqualTo(Route.STRICTEST);
    assertThat(Route.of(List.of(Map.of(), Map.of()))).isEqualTo(Route.STRICTEST);
    assertThat(Route.of(List.of(Map.of("route", "CLINICAL_APPROVAL")))).isEqualTo(Route.STRICTEST);
    Map<String, Object> odd = new HashMap<>(ANSWERS.values().stream().filter(hits -> !hits.isEmpty()).findFirst().orElseThrow().get(0));
    odd.put("route", "STANDARD_CHANGE");
    assertThat(Route.of(List.of(odd))).isEqualTo(Route.STRICTEST);
  }

  private static Route route(Map<String, Object> hit) {
    return new Route((String) hit.get("route"), (Boolean) hit.get("launch"), (String) hit.get("assurance"),
        (Integer) hit.get("answerMinutes"), (Integer) hit.get("maxIsolationHours"), (String) hit.get("release"));
  }

  private static boolean is(Map<String, String> asked, String input, String value) {
    return value.equals(asked.get(input));
  }

  private static List<Map<String, String>> combinations() {
    List<Map<String, String>> all = List.of(Map.of());
    for (Map.Entry<String, List<String>> input : VALUES.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> shorter : all) {
        for (String value : input.getValue()) {
          Map<String, String> one = new HashMap<>(shorter);
          one.put(input.getKey(), value);
          longer.add(one);
        }
      }
      all = longer;
    }
    return all;
  }
}
