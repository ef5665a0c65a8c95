package io.cordon.channels.teams;

import static io.cordon.channels.PublishedDescriptions.objectionsToCard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.channels.teams.ApprovalCardFacts.Answering;
import io.cordon.channels.teams.ApprovalCardFacts.State;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.ReasonCode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApprovalCardTest {
  private static final String PAGE = "https://cordon.hospital.example/approvals/01J";

  @ParameterizedTest
  @EnumSource(value = State.class, names = {"ASKED_AGAIN", "UNCLEAR"}, mode = EnumSource.Mode.EXCLUDE)
  void offersThePageAndButtonsOnlyWhileAnAnswerIsAwaited(State state) {
    String card = card(state, Answering.BUTTONS, "pacs-gw-01");

    boolean awaited = state == State.PENDING || state == State.HELD;
    for (String ofAQuestion : List.of("Action.Execute", "Input.ChoiceSet", "refresh", "Decide by")) {
      assertThat(card.contains(ofAQuestion)).as(ofAQuestion).isEqualTo(awaited);
    }
    assertThat(card.contains("Action.OpenUrl") && card.contains(PAGE)).as("a way to the page").isEqualTo(awaited || state == State.ASKED_AGAIN);
    assertThat(card).contains("\"version\":\"1.5\"").contains("DICOM, HL7 and FHIR");
  }

  @Test
  void claimsNothingOfWhatMayStillBeDone() {
    assertThat(card(State.UNCLEAR, Answering.BUTTONS, "pacs-gw-01"))
        .contains("not done as approved", "may still be carried out").doesNotContain("no action").doesNotContain("is not stopped").doesNotContain("Execute");
    assertThat(card(State.UNDONE, Answering.BUTTONS, "pacs-gw-01")).contains("Approved, but not done: no action", "is not stopped by this request");
  }

  @Test
  void asksOnceMoreOnThePageOnly() {
    assertThat(card(State.ASKED_AGAIN, Answering.BUTTONS, "pacs-gw-01"))
        .contains("worse than when you approved").contains(PAGE).contains("Answer by").doesNotContain("Execute").doesNotContain("Input.");
  }

  @Test
  void hasButtonsOnlyWhereTheChannelIsEnough() {
    assertThat(card(State.PENDING, Answering.PAGE, "x")).contains(PAGE).doesNotContain("Execute").doesNotContain("Submit").doesNotContain("Input.");
    assertThat(card(State.PENDING, Answering.PAGE_AFTER_SIGN_IN, "x")).contains(PAGE).doesNotContain("approve\"").doesNotContain("Input.");
    assertThat(verbs(Answering.BUTTONS)).containsExactly("approve", "hold", "reject");
    assertThat(verbs(Answering.BUTTONS_OF_SECOND)).containsExactly("approve", "hold", "reject");
    assertThat(card(State.PENDING, Answering.BUTTONS_OF_SECOND, "x")).contains("reasonCode").doesNotContain("windowMinutes");
  }

  @Test
  void namesNothingButTheRequestAndItsRevisionInAButton() {
    for (JsonNode button : executes(ApprovalCard.of(facts(State.PENDING, Answering.BUTTONS, "pacs-gw-01", PAGE)))) {
      assertThat(button.path("data").properties().stream().map(java.util.Map.Entry::getKey)).containsExactly("v", "verb", "approvalId", "requestRevision");
      assertThat(button.path("data")).isEqualTo(button.path("fallback").path("data"));
    }
  }

  @Test
  void offersExactlyTheReasonsAndImpactsThatTheGateKnows() {
    assertThat(values("reasonCode")).containsExactlyInAnyOrderElementsOf(Stream.of(ReasonCode.values()).map(Enum::name).toList());
    assertThat(values("procedureImpact")).containsExactlyInAnyOrderElementsOf(
        Stream.of(ProcedureImpact.values()).filter(impact -> impact != ProcedureImpact.NOT_STATED).map(Enum::name).toList());
  }

  @Test
  void saysWhatStopsHowItComesBackAndWhatSilenceMeans() {
    assertThat(card(State.PENDING, Answering.BUTTONS, "pacs-gw-01"))
        .contains("Full isolation stops all DICOM, HL7 and FHIR traffic")
        .contains("Images of CT and MR", "Security releases it", "CLEAR at 14:20", "Nothing is done to the server")
        .contains("1 Mar 15:30 CET")
        .contains("1 Mar 16:00 CET to 1 Mar 18:00 CET");
  }

  @ParameterizedTest
  @EnumSource(value = State.class, names = {"WITHDRAWN", "REJECTED", "EXPIRED"})
  void saysOfNothingThatWasSentThatItWasNotDone(State state) {
    for (boolean isolates : new boolean[] {true, false}) {
      ApprovalCardFacts facts = actedOn(state, isolates);
      assertThat(ApprovalCard.of(facts).toString()).contains("What was already sent: see the case", "Nothing more is sent").doesNotContain("no action", "not stopped", "Nothing is done");
      assertThat(ApprovalCard.bare(facts).toString()).contains("see the case").doesNotContain("no action", "not stopped", "Nothing is done");
    }
    assertThat(card(state, Answering.BUTTONS, "x")).contains(": no action", "is not stopped by this request");
  }

  @Test
  void takesTheButtonsFromWhoeverMayNotAnswer() {
    JsonNode card = ApprovalCard.of(facts(State.PENDING, Answering.BUTTONS, "x", PAGE).withoutButtons(), "You asked for this.");

    assertThat(executes(card)).isEmpty();
    assertThat(card.toString()).contains(PAGE, "You asked for this.");
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void staysWithinTheBudgetWhateverTheFacts(State state) {
    for (Answering answering : Answering.values()) {
      assertThat(card(state, answering, "ü\"".repeat(20_000)).length()).isLessThan(14_000);
    }
  }

  @ParameterizedTest
  @EnumSource(State.class)
  @EnabledIf("io.cordon.channels.PublishedDescriptions#areThere")
  void isACardOfThePublishedSchema(State state) {
    for (Answering answering : Answering.values()) {
      ApprovalCardFacts facts = facts(state, answering, "pacs-gw-01", PAGE);
      assertThat(objectionsToCard(ApprovalCard.of(facts, "Approved."))).isEmpty();
      assertThat(objectionsToCard(ApprovalCard.bare(facts))).isEmpty();
      assertThat(objectionsToCard(ApprovalCard.duplicate(facts))).isEmpty();
    }
    assertThat(objectionsToCard(ApprovalCard.ofText("x"))).isEmpty();
    assertThat(objectionsToCard(((com.fasterxml.jackson.databind.node.ObjectNode) ApprovalCard.ofText("x")).put("version", 15))).isNotEmpty();
  }

  @Test
  void neutralisesMarkdownInNames() {
    assertThat(card(State.PENDING, Answering.BUTTONS, "[pacs](https://evil.example)")).doesNotContain("](").doesNotContain("[pacs");
  }

  @Test
  void refusesAPageWithoutHttps() {
    assertThatThrownBy(() -> facts(State.PENDING, Answering.PAGE, "x", "http://cordon/approvals/1")).isInstanceOf(IllegalArgumentException.class);
  }

  /** A card with everything on it. */
  static JsonNode card() {
    return ApprovalCard.of(facts(State.PENDING, Answering.BUTTONS, "pacs-gw-01", PAGE));
  }

  private static List<String> verbs(Answering answering) {
    return executes(ApprovalCard.of(facts(State.PENDING, answering, "x", PAGE))).stream().map(button -> button.path("verb").asText()).toList();
  }

  private static List<JsonNode> executes(JsonNode card) {
    return card.path("body").findParents("verb").stream().filter(node -> "Action.Execute".equals(node.path("type").asText())).toList();
  }

  private static List<String> values(String input) {
    JsonNode card = ApprovalCard.of(facts(State.PENDING, Answering.BUTTONS, "x", PAGE));
    return card.path("body").findParents("id").stream()
        .filter(node -> input.equals(node.path("id").asText()))
        .flatMap(node -> node.path("choices").findValuesAsText("value").stream())
        .toList();
  }

  private static String card(State state, Answering answering, String machine) {
    return ApprovalCard.of(facts(state, answering, machine, PAGE)).toString();
  }

  private static ApprovalCardFacts actedOn(State state, boolean isolates) {
    return new ApprovalCardFacts(
        "01J", 3, "AP-7F3K", "pacs-gw-01", "PACS", "x", isolates, "High", null, null, null, null, Instant.parse("2026-03-01T14:30:00Z"), ZoneId.of("UTC"),
        state, null, null, null, Answering.PAGE, PAGE, true);
  }

  private static ApprovalCardFacts facts(State state, Answering answering, String machine, String page) {
    return new ApprovalCardFacts(
        "01J", 3, "AP-7F3K", machine, "PACS", "Network isolation, reversible", true, "High", "Ransomware behaviour", "Images of CT and MR",
        "Security releases it", "CLEAR at 14:20", Instant.parse("2026-03-01T14:30:00Z"), ZoneId.of("Europe/Zurich"), state,
        Instant.parse("2026-03-01T15:00:00Z"), Instant.parse("2026-03-01T17:00:00Z"), Instant.parse("2026-03-01T19:00:00Z"), answering, page, false);
  }
}
