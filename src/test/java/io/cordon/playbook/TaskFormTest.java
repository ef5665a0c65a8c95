package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFormTest {
  private static final TaskForm FORM =
      TaskForm.parse(
          """
          {"components":[{"type":"text","text":"Read this"},
          {"type":"group","components":[{"type":"select","key":"reason","values":[{"value":"CLEANED","label":"Cleaned"}],"validate":{"required":true}}]},
          {"type":"radio","key":"empty","values":[]},
          {"type":"checkbox","key":"done"},
          {"type":"number","key":"hours","validate":{"min":1,"max":9}},
          {"type":"datetime","key":"at"},
          {"type":"textarea","key":"comment","validate":{"maxLength":5}}]}
          """);

  @Test
  void takesWhatTheFormAsksForWithoutBlanksAroundIt() {
    Filled filled = FORM.filled(Map.of("reason", " CLEANED ", "done", "true", "hours", "9", "at", "2026-11-25T03:00", "comment", "seen", "more", "x"));
    assertThat(filled.isGood()).isTrue();
    assertThat(filled.values()).containsOnlyKeys("reason", "done", "hours", "at", "comment").containsEntry("reason", "CLEANED");
  }

  @ParameterizedTest
  @CsvSource({
    "reason, '', MISSING", "reason, John-Smith-MRN1234, CHOICE", "empty, anything, CHOICE", "done, John-Smith, CHOICE", "hours, 0, NUMBER",
    "hours, 10, NUMBER", "hours, nine, NUMBER", "at, soon, TIME", "comment, longer, LONG"
  })
  void namesWhatIsWrong(String field, String value, String problem) {
    Map<String, String> given = new HashMap<>(Map.of("reason", "CLEANED"));
    given.put(field, value);
    assertThat(FORM.filled(given).problems()).containsExactly(Map.entry(field, problem));
  }

  @Test
  void takesNothingForAMissingValue() {
    Map<String, String> given = new HashMap<>();
    given.put("reason", null);
    assertThat(FORM.filled(given).problems()).containsExactly(Map.entry("reason", "MISSING"));
  }
}
