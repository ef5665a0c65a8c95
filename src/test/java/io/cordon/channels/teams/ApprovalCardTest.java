package io.cordon.channels.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.channels.teams.ApprovalCardFacts.State;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApprovalCardTest {
  private static final String PAGE = "https://cordon.hospital.example/approvals/01J";

  @ParameterizedTest
  @EnumSource(State.class)
  void offersThePageOnlyWhileAnAnswerIsAwaited(State state) {
    String card = card(state, "pacs-gw-01");

    boolean awaited = state == State.PENDING || state == State.HELD;
    assertThat(card.contains("Action.OpenUrl")).isEqualTo(awaited);
    assertThat(card.contains(PAGE)).isEqualTo(awaited);
    assertThat(card.contains("Decide by")).isEqualTo(awaited);
    assertThat(card).contains("\"version\":\"1.5\"").contains("DICOM, HL7 and FHIR");
    assertThat(card).doesNotContain("Action.Execute").doesNotContain("Action.Submit");
  }

  @Test
  void saysThatFullIsolationStopsClinicalTraffic() {
    assertThat(card(State.PENDING, "pacs-gw-01"))
        .contains("Full isolation stops all DICOM, HL7 and FHIR traffic")
        .contains("1 Mar 15:30 CET")
        .contains("1 Mar 16:00 CET to 1 Mar 18:00 CET");
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void staysWithinTheBudgetWhateverTheFacts(State state) {
    assertThat(card(state, "ü\"".repeat(20_000)).length()).isLessThan(14_000);
  }

  @Test
  void neutralisesMarkdownInNames() {
    assertThat(card(State.PENDING, "[pacs](https://evil.example)")).doesNotContain("](").doesNotContain("[pacs");
  }

  @Test
  void refusesAPageWithoutHttps() {
    assertThatThrownBy(() -> facts(State.PENDING, "x", "http://cordon/approvals/1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String card(State state, String machine) {
    return ApprovalCard.of(facts(state, machine, PAGE)).toString();
  }

  private static ApprovalCardFacts facts(State state, String machine, String page) {
    return new ApprovalCardFacts(
        "01J", "AP-7F3K", machine, "PACS", "Network isolation, reversible", "High", "Ransomware behaviour",
        Instant.parse("2026-03-01T14:30:00Z"), ZoneId.of("Europe/Zurich"), state,
        Instant.parse("2026-03-01T15:00:00Z"), Instant.parse("2026-03-01T17:00:00Z"), page);
  }
}
