package io.cordon.gate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordon.gate.policy.PolicyReview.Weaker;
import io.cordon.gate.policy.PolicyTable.Row;
import io.cordon.gate.policy.PolicyTable.Written;
import io.cordon.gate.policy.PolicyUnusable.Problem;
import io.cordon.gate.policy.Strictness.Output;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two administrators are told about a changed table, and what none of them can bring in. */
class PolicyReviewTest {
  private static final List<String> INPUTS = Stream.of(PolicyInput.values()).map(PolicyInput::key).toList();
  private static final Written PRODUCTION = row(Map.of("env", "\"Prod\""), Map.of());
  private static final Written DEVELOPMENT = row(Map.of("env", "\"Dev\"", "containsPhi", "\"false\""), Map.of("assurance", "CHANNEL", "release", "BY_PLAN"));

  @Test
  void findsNothingWeakerInTheSameTable() {
    PolicyReview review = PolicyReview.of(table(PRODUCTION, DEVELOPMENT), table(PRODUCTION, DEVELOPMENT));
    assertThat(review.weaker()).isEmpty();
    assertThat(review.gaps()).containsExactlyInAnyOrder("env Dev; containsPhi true or UNKNOWN", "env UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource({
    "launch, true", "assurance, CHANNEL", "answerMinutes, 61", "ladder, STANDARD", "maxIsolationHours, 9", "release, BY_PLAN",
  })
  void namesARowThatIsWeakerInOneOutput(String output, String value) {
    Written changed = row(Map.of("env", "\"Prod\""), Map.of(output, value));
    assertThat(PolicyReview.of(table(changed), table(PRODUCTION)).weaker()).containsExactly(new Weaker(1, 1, List.of(output), "env Prod"));
    assertThat(PolicyReview.of(table(PRODUCTION), table(changed)).weaker()).as("the other way round it is stricter").isEmpty();
  }

  @Test
  void namesARowThatNeedsFewerPeople() {
    Written two = row(Map.of("env", "\"Prod\""), Map.of("route", "CLINICAL_AND_SECURITY", "approvers", "CLINICAL_AND_SECURITY", "quorum", "2"));
    assertThat(PolicyReview.of(table(PRODUCTION), table(two)).weaker())
        .containsExactly(new Weaker(1, 1, List.of("route", "approvers", "quorum"), "env Prod"));
  }

  @Test
  void namesARowThatAnswersWhereTheStrictestRouteWasTaken() {
    List<Weaker> weaker = PolicyReview.of(table(PRODUCTION, DEVELOPMENT), table(PRODUCTION)).weaker();
    assertThat(weaker).singleElement().satisfies(one -> {
      assertThat(one.row()).isEqualTo(2);
      assertThat(one.oldRow()).isZero();
      assertThat(one.when()).isEqualTo("env Dev; containsPhi false");
      assertThat(one.outputs()).contains("route", "quorum", "assurance");
    });
  }

  @Test
  void namesARowThatWentAwayWhereTheStrictestRouteIsWeaker() {
    Written forbidden =
        row(Map.of("neverIsolate", "\"true\""),
            Map.of("route", "FORBIDDEN", "approvers", "EXECUTIVE_AND_SECURITY", "quorum", "2", "maxIsolationHours", "0"));
    assertThat(PolicyReview.of(table(), table(forbidden)).weaker()).singleElement().satisfies(one -> {
      assertThat(one.row()).isZero();
      assertThat(one.when()).isEqualTo("neverIsolate true");
      assertThat(one.outputs()).contains("route", "approvers", "maxIsolationHours");
    });
  }

  @Test
  void refusesTwoRowsThatAnswerTheSameAndNamesBoth() {
    Written severe = row(Map.of("severity", "\"High\"", "env", "not(\"Dev\")"), Map.of());
    PolicyUnusable refused = refusal(() -> PolicyReview.of(table(DEVELOPMENT, PRODUCTION, severe), table()));
    assertThat(refused.problem()).isEqualTo(Problem.OVERLAP);
    assertThat(refused.rows()).containsExactly(2, 3);
    assertThat(refused).hasMessage("Rows 2 and 3: both rows answer when env Prod; severity High. Nothing was changed.");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "env | -", "env | not(\"Dev\")", "containsPhi | -", "containsPhi | not(\"true\")", "system | -", "neverIsolate | -",
    "neverIsolate | \"true\"", "capability | -", "action | -",
  })
  void refusesAStandardChangeForProductionPatientDataOrUnknown(String input, String test) {
    Map<String, String> harmless = new HashMap<>(
        Map.of("capability", "\"FULL\"", "system", "\"PACS\"", "env", "\"Dev\"", "containsPhi", "\"false\"", "neverIsolate", "\"false\"", "action", "\"ISOLATE\""));
    Map<String, String> standard = Map.of("route", "STANDARD_CHANGE", "launch", "true", "assurance", "CHANNEL");
    assertThat(PolicyReview.of(table(row(harmless, standard)), table()).weaker()).isNotEmpty();
    harmless.put(input, test);
    PolicyUnusable refused = refusal(() -> PolicyReview.of(table(row(harmless, standard)), table()));
    assertThat(refused.problem()).isEqualTo(Problem.STANDARD_CHANGE_OUT_OF_BOUNDS);
    assertThat(refused.rows()).containsExactly(1);
  }

  @Test
  void refusesToForbidByDefault() {
    Written forbidden = row(Map.of("env", "\"Prod\""), Map.of("route", "FORBIDDEN", "approvers", "EXECUTIVE_AND_SECURITY", "quorum", "2"));
    assertThat(refusal(() -> PolicyReview.of(table(forbidden), table())).problem()).isEqualTo(Problem.FORBIDDEN_BY_DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "env | \"prod\"", "env | \"Prod\",\"Test\"", "env | not(\"Prod\",\"Dev\",\"UNKNOWN\")", "clinicalTier | \"4\"", "severity | \"Critical\"",
  })
  void refusesATestThatCanNeverHold(String input, String test) {
    PolicyUnusable refused = refusal(() -> table(PRODUCTION, row(Map.of(input, test), Map.of())));
    assertThat(refused.problem()).isEqualTo(Problem.VALUE_UNKNOWN);
    assertThat(refused.rows()).containsExactly(2);
    assertThat(refused.getMessage()).contains(input).doesNotContain("4", "Test", "Critical");
  }

  @ParameterizedTest
  @CsvSource({"route, ASK_NOBODY", "quorum, 2", "quorum, 0", "answerMinutes, 1441", "maxIsolationHours, 169", "approvers, NOBODY", "ladder, SLOW"})
  void refusesAnAnswerThatCannotBeRead(String output, String value) {
    PolicyUnusable refused = refusal(() -> table(row(Map.of(), Map.of(output, value))));
    assertThat(refused.problem()).isEqualTo(Problem.ANSWER_UNREADABLE);
    assertThat(refused.rows()).containsExactly(1);
  }

  @Test
  void refusesOtherColumnsAndMoreRowsThanAnybodyReviews() {
    assertThat(refusal(() -> PolicyTable.of(INPUTS.subList(1, 10), List.of())).problem()).isEqualTo(Problem.OTHER_INPUTS);
    List<String> twice = new ArrayList<>(INPUTS);
    twice.set(0, "env");
    assertThat(refusal(() -> PolicyTable.of(twice, List.of())).problem()).isEqualTo(Problem.OTHER_INPUTS);
    List<String> more = new ArrayList<>(INPUTS);
    more.add("weather");
    assertThat(refusal(() -> PolicyTable.of(more, List.of())).problem()).isEqualTo(Problem.OTHER_INPUTS);
    assertThat(refusal(() -> PolicyTable.of(INPUTS, java.util.Collections.nCopies(201, PRODUCTION))).problem()).isEqualTo(Problem.TOO_MANY_ROWS);
  }

  /** The review computes with whole regions; here every combination is asked one by one. */
  @Test
  void saysOfEveryCombinationWhetherItBecameWeaker() {
    Random random = new Random(4);
    for (int round = 0; round < 20; round++) {
      PolicyTable before = randomTable(random);
      PolicyTable changed = randomTable(random);
      PolicyReview review = PolicyReview.of(changed, before);
      for (int sample = 0; sample < 2_000; sample++) {
        Map<PolicyInput, String> asked = any(random);
        Set<Output> weaker = Strictness.weaker(answer(changed, asked), answer(before, asked));
        Set<String> named = new HashSet<>();
        review.weaker().stream().filter(one -> holds(one.when(), asked)).forEach(one -> named.addAll(one.outputs()));
        assertThat(named).as("%s", asked).containsExactlyInAnyOrderElementsOf(weaker.stream().map(Output::key).toList());
        boolean covered = changed.rows().stream().anyMatch(row -> holds(row.when().toString(), asked));
        assertThat(review.gaps().stream().anyMatch(gap -> holds(gap, asked))).as("%s", asked).isEqualTo(!covered);
      }
    }
  }

  private static Route answer(PolicyTable table, Map<PolicyInput, String> asked) {
    return table.rows().stream().filter(row -> holds(row.when().toString(), asked)).map(Row::route).findFirst().orElse(Route.STRICTEST);
  }

  /** Reads the words of a region again, as a person would. */
  private static boolean holds(String when, Map<PolicyInput, String> asked) {
    return when.equals("everything")
        || Stream.of(when.split("; ")).allMatch(part -> {
          String input = part.substring(0, part.indexOf(' '));
          String value = asked.entrySet().stream().filter(one -> one.getKey().key().equals(input)).findFirst().orElseThrow().getValue();
          return List.of(part.substring(part.indexOf(' ') + 1).split(" or ")).contains(value);
        });
  }

  private static PolicyTable randomTable(Random random) {
    List<Written> rows = new ArrayList<>();
    for (String severity : PolicyInput.SEVERITY.domain()) {
      if (random.nextInt(4) > 0) {
        Map<String, String> when = new HashMap<>(Map.of("severity", "\"" + severity + "\""));
        when.put("egress", random.nextBoolean() ? "not(\"DIRECT\")" : "\"DIRECT\",\"PROXY\"");
        when.put("env", random.nextBoolean() ? "\"Prod\"" : "-");
        rows.add(row(when, Map.of("answerMinutes", String.valueOf(10 + random.nextInt(3)), "launch", String.valueOf(random.nextBoolean()))));
      }
    }
    return table(rows.toArray(Written[]::new));
  }

  private static Map<PolicyInput, String> any(Random random) {
    Map<PolicyInput, String> asked = new EnumMap<>(PolicyInput.class);
    for (PolicyInput input : PolicyInput.values()) {
      asked.put(input, input.domain().get(random.nextInt(input.domain().size())));
    }
    return asked;
  }

  private static PolicyUnusable refusal(Runnable deed) {
    return Optional.ofNullable(catchThrowableOfType(PolicyUnusable.class, deed::run)).orElseThrow(() -> new AssertionError("was taken"));
  }

  private static PolicyTable table(Written... rows) {
    return PolicyTable.of(INPUTS, List.of(rows));
  }

  /** A row that asks Clinical Ops for one hour with everything strict, but for what is given. */
  private static Written row(Map<String, String> tests, Map<String, String> answers) {
    Map<String, Object> all = new HashMap<>(
        Map.of("route", "CLINICAL_APPROVAL", "launch", false, "approvers", "CLINICAL", "quorum", 1, "assurance", "STEP_UP", "answerMinutes", 60,
            "ladder", "URGENT", "maxIsolationHours", 8, "release", "BY_HAND"));
    answers.forEach((output, value) ->
        all.put(output, value.matches("\\d+") ? (Object) Integer.valueOf(value) : value.matches("true|false") ? Boolean.valueOf(value) : value));
    return new Written(tests, all);
  }
}
