package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.gate.policy.PolicyFloor;
import io.cordon.gate.policy.PolicyInput;
import io.cordon.gate.policy.Route;
import io.cordon.gate.policy.Route.Approvers;
import io.cordon.gate.policy.Route.Assurance;
import io.cordon.gate.policy.Route.Ladder;
import io.cordon.gate.policy.Route.Release;
import io.cordon.gate.policy.Route.Way;
import io.cordon.playbook.ModelFile.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every combination of what the shipped policy table can be asked. Which values a cell takes is said by the real FEEL
 * engine, for every cell and every value; a row answers when all its cells do. The whole decision engine is asked besides,
 * for a sample and for every row.
 */
class GatePolicyTest {
  private static final String FILE = "/bpmn/gate-policy.dmn";
  private static final int COMBINATIONS = 4 * 4 * 3 * 3 * 4 * 5 * 4 * 3 * 3 * 4;

  private static DmnEngine engine;
  private static DmnDecision decision;
  /** For every input and every value of it the rows whose cell takes it, a bit each. */
  private static final Map<PolicyInput, Map<String, Integer>> TAKEN_BY = new EnumMap<>(PolicyInput.class);
  private static final List<Map<PolicyInput, String>> ALL = new ArrayList<>();
  private static final Map<Integer, Route> ANSWERS = new HashMap<>();

  @BeforeAll
  static void readEveryCellWithTheEngine() throws IOException {
    DefaultDmnEngineConfiguration configuration = new DefaultDmnEngineConfiguration();
    engine = configuration.buildEngine();
    decision = engine.parseDecision("gatePolicy", GatePolicyTest.class.getResourceAsStream(FILE));
    List<Node> rules = new ModelFile("bpmn/gate-policy.dmn", GatePolicyTest.class.getResourceAsStream(FILE).readAllBytes()).all("rule");
    for (PolicyInput input : PolicyInput.values()) {
      TAKEN_BY.put(input, new HashMap<>());
      input.domain().forEach(value -> TAKEN_BY.get(input).put(value, rowsThatTake(configuration.getFeelEngine(), rules, input, value)));
    }
    ALL.addAll(combinations());
    for (Map<PolicyInput, String> asked : ALL) {
      int hits = hits(asked);
      if (Integer.bitCount(hits) == 1 && !ANSWERS.containsKey(hits)) {
        ANSWERS.put(hits, ask(asked));
      }
    }
    assertThat(ALL).hasSize(COMBINATIONS);
    assertThat(ANSWERS).as("every row answers something").hasSameSizeAs(rules);
  }

  private static int rowsThatTake(FeelEngine feel, List<Node> rules, PolicyInput input, String value) {
    int rows = 0;
    for (int row = 0; row < rules.size(); row++) {
      String cell = rules.get(row).within("inputEntry").get(input.ordinal()).content();
      boolean takes = cell.isEmpty()
          || feel.evaluateSimpleUnaryTests(cell, "cellInput", Variables.createVariables().putValue("cellInput", value).asVariableContext());
      rows |= takes ? 1 << row : 0;
    }
    return rows;
  }

  private static int hits(Map<PolicyInput, String> asked) {
    int rows = -1;
    for (Map.Entry<PolicyInput, String> input : asked.entrySet()) {
      rows &= TAKEN_BY.get(input.getKey()).get(input.getValue());
    }
    return rows;
  }

  private static Route ask(Map<PolicyInput, String> asked) {
    Map<String, Object> inputs = new HashMap<>();
    asked.forEach((input, value) -> inputs.put(input.key(), value));
    // two hits in a UNIQUE table throw here
    List<Map<String, Object>> hits = engine.evaluateDecisionTable(decision, inputs).getResultList();
    Route route = Route.of(hits);
    if (!hits.isEmpty()) {
      assertThat(route.maxIsolationHours()).as("readable").isEqualTo(hits.get(0).get("maxIsolationHours"));
    }
    return route;
  }

  private static Route decided(Map<PolicyInput, String> asked) {
    return PolicyFloor.apply(asked, ANSWERS.getOrDefault(hits(asked), Route.STRICTEST));
  }

  @Test
  void hitsOneRowAtMost() {
    assertThat(ALL.stream().filter(asked -> Integer.bitCount(hits(asked)) > 1)).isEmpty();
  }

  @Test
  void answersEveryCombinationAsTheWordsSay() {
    assertThat(ALL.stream().filter(asked -> !decided(asked).equals(inWords(asked))).limit(5)).isEmpty();
    System.out.println("gate policy: " + ALL.size() + " combinations of inputs checked");
  }

  @Test
  void isWhatTheWholeDecisionEngineSays() {
    Random random = new Random(20261125);
    for (int sample = 0; sample < 200; sample++) {
      Map<PolicyInput, String> asked = ALL.get(random.nextInt(ALL.size()));
      assertThat(ask(asked)).as("%s", asked).isEqualTo(ANSWERS.getOrDefault(hits(asked), Route.STRICTEST));
    }
  }

  /** The policy once more, in words and without the table; what none of them covers is the strictest. */
  private static Route inWords(Map<PolicyInput, String> asked) {
    if (is(asked, PolicyInput.NEVER_ISOLATE, "true")) {
      return new Route(Way.FORBIDDEN, false, Approvers.EXECUTIVE_AND_SECURITY, 2, Assurance.STEP_UP, 30, Ladder.STANDARD, 0, Release.BY_HAND);
    }
    if (is(asked, PolicyInput.NEVER_ISOLATE, "UNKNOWN")) {
      return Route.STRICTEST;
    }
    if (is(asked, PolicyInput.CAPABILITY, "SYSLOG_ONLY")) {
      return both(Way.COMPENSATE, 8);
    }
    if (!is(asked, PolicyInput.CAPABILITY, "FULL")) {
      return Route.STRICTEST;
    }
    if (Stream.of(PolicyInput.ENV, PolicyInput.CONTAINS_PHI, PolicyInput.SYSTEM).anyMatch(input -> is(asked, input, "UNKNOWN"))) {
      return both(Way.CLINICAL_AND_SECURITY, 4);
    }
    if (is(asked, PolicyInput.ACTION, "UNKNOWN")) {
      return Route.STRICTEST;
    }
    boolean production = is(asked, PolicyInput.ENV, "Prod");
    boolean patientData = is(asked, PolicyInput.CONTAINS_PHI, "true");
    if (!production && !patientData) {
      return new Route(Way.CLINICAL_APPROVAL, false, Approvers.CLINICAL, 1, Assurance.CHANNEL, 60, Ladder.STANDARD, 24, Release.BY_PLAN);
    }
    return production && patientData ? clinical(asked) : Route.STRICTEST;
  }

  private static Route clinical(Map<PolicyInput, String> asked) {
    if (is(asked, PolicyInput.SEVERITY, "UNKNOWN")) {
      return Route.STRICTEST;
    }
    if (is(asked, PolicyInput.ACTION, "STOP_PROCESS")) {
      return clinical(false, 15, Ladder.URGENT, 8);
    }
    if (!is(asked, PolicyInput.SEVERITY, "High")) {
      return clinical(false, 60, Ladder.STANDARD, 8);
    }
    boolean wayBackOpen = is(asked, PolicyInput.EGRESS, "DIRECT") || is(asked, PolicyInput.EGRESS, "TRANSPARENT");
    boolean known = !is(asked, PolicyInput.DETECTOR, "UNKNOWN");
    return clinical(wayBackOpen && known, 15, Ladder.URGENT, wayBackOpen && known && is(asked, PolicyInput.CLINICAL_TIER, "3") ? 24 : 8);
  }

  private static Route clinical(boolean launch, int minutes, Ladder ladder, int hours) {
    return new Route(Way.CLINICAL_APPROVAL, launch, Approvers.CLINICAL, 1, Assurance.STEP_UP, minutes, ladder, hours, Release.BY_HAND);
  }

  private static Route both(Way way, int hours) {
    return new Route(way, false, Approvers.CLINICAL_AND_SECURITY, 2, Assurance.STEP_UP, 30, Ladder.STANDARD, hours, Release.BY_HAND);
  }

  @Test
  void shipsNoStandardChangeAndForbidsOnlyWhatTheRegisterForbids() {
    assertThat(ALL).allSatisfy(asked -> {
      assertThat(decided(asked).way()).isNotEqualTo(Way.STANDARD_CHANGE);
      assertThat(decided(asked).way() == Way.FORBIDDEN).isEqualTo(is(asked, PolicyInput.NEVER_ISOLATE, "true"));
    });
  }

  @Test
  void startsByItselfOnlyForASevereAlertOnAKnownMachineThatCanBeReached() {
    assertThat(ALL).filteredOn(asked -> decided(asked).launch()).isNotEmpty().allSatisfy(asked -> {
      assertThat(asked).containsEntry(PolicyInput.SEVERITY, "High").containsEntry(PolicyInput.NEVER_ISOLATE, "false")
          .containsEntry(PolicyInput.CAPABILITY, "FULL").containsEntry(PolicyInput.ACTION, "ISOLATE");
      // an unknown tier is treated as the highest one
      Map<PolicyInput, String> others = new EnumMap<>(asked);
      others.remove(PolicyInput.CLINICAL_TIER);
      assertThat(others).doesNotContainValue("UNKNOWN");
      assertThat(decided(asked).assurance()).isEqualTo(Assurance.STEP_UP);
    });
  }

  @Test
  void takesAnAnswerFromTheChannelOnlyWhereNoPatientDependsOnIt() {
    assertThat(ALL).filteredOn(asked -> decided(asked).assurance() == Assurance.CHANNEL).isNotEmpty().allSatisfy(asked -> {
      assertThat(asked).containsEntry(PolicyInput.ENV, "Dev").containsEntry(PolicyInput.CONTAINS_PHI, "false");
      assertThat(asked.get(PolicyInput.SYSTEM)).isNotEqualTo("UNKNOWN");
    });
  }

  /** Whatever a table says: the floor in Java, over every combination and every way there is. */
  @Test
  void keepsTheFloorUnderAnyTable() {
    Set<Route> proposals = new HashSet<>(ANSWERS.values());
    proposals.add(new Route(Way.STANDARD_CHANGE, true, Approvers.CLINICAL, 1, Assurance.CHANNEL, 60, Ladder.STANDARD, 24, Release.BY_PLAN));
    proposals.add(new Route(Way.TRIAGE, false, Approvers.CLINICAL, 1, Assurance.STEP_UP, 60, Ladder.STANDARD, 24, Release.BY_HAND));
    for (Route proposal : proposals) {
      assertThat(ALL.stream().filter(asked -> !isFloored(asked, PolicyFloor.apply(asked, proposal))).limit(5)).as("%s", proposal).isEmpty();
    }
  }

  private static boolean isFloored(Map<PolicyInput, String> asked, Route route) {
    boolean never = is(asked, PolicyInput.NEVER_ISOLATE, "true");
    boolean unsure = !is(asked, PolicyInput.CAPABILITY, "FULL")
        || Stream.of(PolicyInput.SYSTEM, PolicyInput.ENV, PolicyInput.CONTAINS_PHI, PolicyInput.ACTION, PolicyInput.NEVER_ISOLATE)
            .anyMatch(input -> is(asked, input, "UNKNOWN"));
    boolean clinical = is(asked, PolicyInput.ENV, "Prod") || is(asked, PolicyInput.CONTAINS_PHI, "true");
    boolean two = route.quorum() == 2 && route.approvers() != Approvers.CLINICAL && !route.launch() && route.assurance() == Assurance.STEP_UP;
    return never == (route.way() == Way.FORBIDDEN)
        && (!unsure || two && route.way() != Way.STANDARD_CHANGE && route.release() == Release.BY_HAND)
        && (!clinical || route.way() != Way.STANDARD_CHANGE);
  }

  @Test
  void isStrictestWhenTheAnswerIsNoneOrSeveralOrStrange() {
    assertThat(Route.of(List.of())).isEqualTo(Route.STRICTEST);
    assertThat(Route.of(List.of(Map.of(), Map.of()))).isEqualTo(Route.STRICTEST);
    Map<String, Object> good = new HashMap<>(
        Map.of("route", "CLINICAL_APPROVAL", "launch", false, "approvers", "CLINICAL", "quorum", 1, "assurance", "CHANNEL", "answerMinutes", 60,
            "ladder", "STANDARD", "maxIsolationHours", 24, "release", "BY_PLAN"));
    assertThat(Route.of(List.of(good))).isNotEqualTo(Route.STRICTEST);
    assertThat(Route.of(List.of(good, good))).isEqualTo(Route.STRICTEST);
    good.keySet().forEach(output -> {
      for (Object strange : new Object[] {null, "SOMETHING", -1, 100_000_000_000L}) {
        Map<String, Object> odd = new HashMap<>(good);
        odd.put(output, strange);
        assertThat(Route.of(List.of(odd))).as("%s %s", output, strange).isEqualTo(Route.STRICTEST);
      }
    });
  }

  @Test
  void isStrictestWhenThePartsOfAnAnswerContradictEachOther() {
    Map<String, Object> good = new HashMap<>(
        Map.of("route", "CLINICAL_AND_SECURITY", "launch", false, "approvers", "CLINICAL_AND_SECURITY", "quorum", 2, "assurance", "STEP_UP",
            "answerMinutes", 60, "ladder", "STANDARD", "maxIsolationHours", 24, "release", "BY_HAND"));
    Map<String, Object> changes = Map.of("quorum", 1, "approvers", "CLINICAL", "route", "UNHEARD_OF", "maxIsolationHours", 169, "answerMinutes", 0);
    changes.forEach((output, value) -> {
      Map<String, Object> odd = new HashMap<>(good);
      odd.put(output, value);
      assertThat(Route.of(List.of(odd))).as(output).isEqualTo(Route.STRICTEST);
    });
  }

  private static boolean is(Map<PolicyInput, String> asked, PolicyInput input, String value) {
    return value.equals(asked.get(input));
  }

  private static List<Map<PolicyInput, String>> combinations() {
    List<Map<PolicyInput, String>> all = List.of(new EnumMap<>(PolicyInput.class));
    for (PolicyInput input : PolicyInput.values()) {
      List<Map<PolicyInput, String>> longer = new ArrayList<>();
      for (Map<PolicyInput, String> shorter : all) {
        for (String value : input.domain()) {
          Map<PolicyInput, String> one = new EnumMap<>(shorter);
          one.put(input, value);
          longer.add(one);
        }
      }
      all = longer;
    }
    return all;
  }
}
