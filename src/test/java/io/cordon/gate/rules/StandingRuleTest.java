package io.cordon.gate.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordon.gate.windows.TimeSpan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a rule holds, whom it names, and what is no rule. */
class StandingRuleTest {
  private static final String GOOD =
      """
      {"id":"dev-build","env":"Dev","clinicalServices":["PACS"],"action":"ISOLATE","owner":"grp-imaging","approvers":["clin.exec","sec.lead"],
       "expires":"2026-12-31T00:00:00Z","zone":"Europe/Zurich",
       "weekly":[{"days":["MONDAY","SUNDAY"],"from":"01:00","to":"05:00"},{"days":["TUESDAY"],"from":"22:00","to":"00:00"}]}""";

  @ParameterizedTest
  @CsvSource({
    // Monday 2026-03-02, Zurich is one hour ahead of UTC
    "2026-03-01T23:59:59Z, ",
    "2026-03-02T00:00:00Z, 2026-03-02T04:00:00Z",
    "2026-03-02T03:59:59Z, 2026-03-02T04:00:00Z",
    "2026-03-02T04:00:00Z, ",
    // Tuesday up to midnight
    "2026-03-03T20:59:59Z, ",
    "2026-03-03T22:59:59Z, 2026-03-03T23:00:00Z",
    "2026-03-03T23:00:00Z, ",
    // clocks go forward at 02:00 on Sunday 2026-03-29: three hours only
    "2026-03-29T00:00:00Z, 2026-03-29T03:00:00Z",
    "2026-03-29T03:00:00Z, ",
    // and back at 03:00 on Sunday 2026-10-25: five
    "2026-10-24T23:00:00Z, 2026-10-25T04:00:00Z",
    "2026-10-25T03:59:59Z, 2026-10-25T04:00:00Z",
  })
  void holdsInItsWeeklyTimes(Instant now, Instant until) {
    assertThat(rule(GOOD).openAt(now).map(TimeSpan::to).orElse(null)).isEqualTo(until);
  }

  @Test
  void endsWhenItExpires() {
    StandingRule rule = rule(GOOD.replace("2026-12-31T00:00:00Z", "2026-03-02T02:00:00Z"));
    assertThat(rule.openAt(Instant.parse("2026-03-02T01:59:59Z"))).contains(new TimeSpan(Instant.parse("2026-03-02T01:59:59Z"), Instant.parse("2026-03-02T02:00:00Z")));
    assertThat(rule.openAt(Instant.parse("2026-03-02T02:00:00Z"))).isEmpty();
  }

  @Test
  void namesMachinesByServiceAndHost() {
    String host = "/subscriptions/5/resourcegroups/rg/providers/microsoft.hybridcompute/machines/dev-1";
    assertThat(rule(GOOD).names("PACS", "any")).isTrue();
    assertThat(rule(GOOD).names("EHR", "any")).isFalse();
    assertThat(rule(GOOD).names(null, "any")).isFalse();
    StandingRule both = rule(GOOD.replace("\"action\"", "\"hosts\":[\"" + host.toUpperCase() + "\"],\"action\""));
    assertThat(both.names("PACS", host)).isTrue();
    assertThat(both.names("EHR", host)).isFalse();
    assertThat(both.names("PACS", "any")).isFalse();
  }

  @Test
  void isReadBackAsItWasStored() {
    StandingRule rule = rule(GOOD);
    assertThat(RuleFile.read(RuleFile.write(rule).getBytes(StandardCharsets.UTF_8))).isEqualTo(rule);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "\"env\":\"Dev\" | \"env\":\"Prod\" | env",
    "\"env\":\"Dev\", | | env",
    "\"PACS\" | \"LIS\" | clinicalServices",
    "\"PACS\" | null | clinicalServices",
    "[\"PACS\"] | [] | hosts",
    "\"action\" | \"hosts\":[\"dev-1\"],\"action\" | hosts",
    "ISOLATE | STOP_PROCESS | action",
    "\"grp-imaging\" | \"Jane Roe, IT\" | owner",
    "[\"clin.exec\",\"sec.lead\"] | [] | approvers",
    "\"clin.exec\" | null | approvers",
    "\"2026-12-31T00:00:00Z\" | null | expires",
    "Europe/Zurich | Somewhere | zone",
    "\"to\":\"05:00\" | \"to\":\"00:30\" | weekly",
    "\"from\":\"01:00\", | | weekly",
    "[\"TUESDAY\"] | [] | weekly",
    "\"zone\" | \"because\":\"x\",\"zone\" | rule",
    "\"MONDAY\" | \"SOMEDAY\" | rule",
    "{\"id\" | [{\"id\" | rule",
  })
  void refusesWhatIsNoRuleAndRepeatsNothing(String text, String instead, String field) {
    String file = GOOD.replace(text, instead == null ? "" : instead);
    assertThat(file).isNotEqualTo(GOOD);
    RuleUnusable refused = catchThrowableOfType(RuleUnusable.class, () -> rule(file));
    assertThat(refused).isNotNull();
    assertThat(refused.field()).isEqualTo(field);
    assertThat(refused.getMessage()).doesNotContain("Roe", "LIS", "Somewhere", "SOMEDAY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "\"x\"", "{", "{}"})
  void refusesWhatIsNoObject(String file) {
    assertThat(catchThrowableOfType(RuleUnusable.class, () -> rule(file))).isNotNull();
  }

  private static StandingRule rule(String json) {
    return RuleFile.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
