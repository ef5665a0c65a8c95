package io.cordon.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesTest {
  private static final List<String> ALL = List.of("GRANTED", "WAITS_FOR_SECOND", "PROCEED", "STOP", "REJECTED", "HELD");

  @ParameterizedTest
  @ValueSource(strings = {Plan.ISOLATE, Plan.STOP_PROCESS, Plan.COMPENSATE})
  void haveASentenceForEveryAction(String action) {
    assertThat(ALL).extracting(outcome -> Outcomes.sentence(outcome, plan(action), false)).doesNotContainNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {Plan.STOP_PROCESS, Plan.COMPENSATE})
  void speakOfNoIsolationWhereNoneWasAsked(String action) {
    assertThat(ALL).extracting(outcome -> Outcomes.sentence(outcome, plan(action), false)).noneMatch(sentence -> sentence.contains("isolated"));
  }

  @ParameterizedTest
  @CsvSource({Plan.ISOLATE + ",The machine is isolated", Plan.STOP_PROCESS + ",The process is stopped", Plan.COMPENSATE + ",people are asked"})
  void sayWhatFollowsAYes(String action, String what) {
    assertThat(Outcomes.sentence("GRANTED", plan(action), false)).contains(what);
  }

  @Test
  void tellsOfTheNextPeopleAfterANo() {
    assertThat(Outcomes.sentence("REJECTED", plan(Plan.ISOLATE), true)).contains("asked next and may still agree");
    assertThat(Outcomes.sentence("REJECTED", plan(Plan.ISOLATE), false)).doesNotContain("asked next");
  }

  private static Plan plan(String action) {
    return new Plan("p-1", "c-1", "00", action, "CLINICAL_APPROVAL", "CHANNEL", 15, 4, Plan.BY_HAND, "PACS", "d", null, "pacs-gw-01", "CLINICAL", 1, "URGENT");
  }
}
