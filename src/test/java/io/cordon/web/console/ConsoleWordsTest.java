package io.cordon.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.assets.AssetWarning;
import io.cordon.assets.Capability;
import io.cordon.assets.IdentitySource;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.EmergencyReason;
import io.cordon.gate.LastAnswer;
import io.cordon.gate.Plan;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.ReasonCode;
import io.cordon.gate.clearance.Clearance;
import io.cordon.gate.clearance.ClearanceReason;
import io.cordon.platform.people.Role;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code that a page can show has words; a missing one would show as ??code??. */
class ConsoleWordsTest {
  private final ResourceBundle words = ResourceBundle.getBundle("messages", Locale.ROOT);

  @Test
  void knowsEveryKindOfEvidence() {
    assertWords(Stream.of(EvidenceType.values()).map(type -> "event." + type));
  }

  @Test
  void knowsEveryCodeOfAnAnswer() {
    assertWords(Stream.of(ApprovalState.values()).map(state -> "approval.state." + state));
    assertWords(Stream.of(ReasonCode.values()).map(code -> "detail." + code));
    assertWords(Stream.of(ProcedureImpact.values()).map(code -> "detail." + code));
    assertWords(Stream.of(EmergencyReason.values()).map(code -> "detail." + code));
    assertWords(Stream.of(Role.values()).map(role -> "role." + role.claim()));
    assertWords(Stream.of("REJECTED", "EXPIRED", "WITHDRAWN", "VOIDED").map(state -> "next." + state));
  }

  @Test
  void knowsEverythingAProofOfIdentitySays() {
    assertWords(Stream.of(IdentitySource.values()).map(source -> "proof.source." + source));
    assertWords(Stream.of(Capability.values()).map(capability -> "proof.capability." + capability));
    assertWords(Stream.of(AssetWarning.values()).map(warning -> "proof.warning." + warning));
  }

  @Test
  void knowsEveryThingAClearanceSays() {
    assertWords(Stream.of(Clearance.values()).map(result -> "clearance." + result));
    assertWords(Stream.of(ClearanceReason.values()).flatMap(reason -> Stream.of("clearance.reason." + reason, "detail." + reason)));
    assertWords(Stream.of("CLEARANCE_WORSE", "WINDOW_GONE", "CALENDAR_UNREADABLE").flatMap(why -> Stream.of("again." + why, "detail." + why)));
    assertWords(Stream.of(LastAnswer.Answer.values()).map(answer -> "detail." + answer));
  }

  @Test
  void knowsEveryReasonOfTheQuarantine() {
    assertWords(Stream.of("SHAPE_UNKNOWN", "SYSTEM_ALERT_ID_MISSING", "ENTITIES_UNREADABLE", "INTAKE_FAILED", "MALFORMED_JSON", "WRONG_SHAPE", "TOO_LARGE").flatMap(why -> Stream.of("quarantine.reason." + why, "detail." + why)));
    assertWords(Stream.of("detail.CASE_GRAVER", "detail.FALSE_POSITIVE"));
  }

  @Test
  void knowsEveryStateOfAnAction() {
    List<String> states =
        List.of("INTENDED", "SENDING", "SENT", "SUCCEEDED", "FAILED", "REFUSED", "CANCELLED", "WITHDRAWN", "NOT_SENT", "UNRESOLVED");
    Stream<String> actions = Stream.concat(Plan.ACTIONS.stream(), Stream.of("UNISOLATE"));
    assertWords(actions.flatMap(action -> states.stream().map(state -> "action." + action + "." + state)));
  }

  @Test
  void asksAboutEveryActionInItsOwnWords() {
    List<String> questions = List.of("title.approval.", "approval.heading.", "approval.question.", "again.about.", "again.STOP.");
    assertWords(Stream.of("again.PROCEED"));
    for (String question : questions) {
      assertWords(Stream.concat(Plan.ACTIONS.stream(), Stream.of("UNKNOWN")).map(action -> question + action));
      assertThat(Plan.ACTIONS).filteredOn(action -> !action.equals(Plan.ISOLATE)).extracting(action -> words.getString(question + action))
          .noneMatch(text -> text.contains("isolate") || text.contains("cut off"));
    }
    assertWords(Plan.ACTIONS.stream().flatMap(action -> Stream.of("next.start." + action, "detail." + action, "cab.action." + action)));
  }

  private void assertWords(Stream<String> keys) {
    assertThat(keys).allMatch(words::containsKey);
  }
}
