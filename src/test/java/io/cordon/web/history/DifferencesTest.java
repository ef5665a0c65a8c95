package io.cordon.web.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceType;
import io.cordon.playbook.CaseSteps.Step;
import io.cordon.web.cab.Fact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:00:00Z");

  @Test
  void findsNoneWhereEachStepHasItsEntry() {
    assertThat(codes(
        List.of(task("userTask_triage", 0), step("serviceTask_decidePolicy", 0), step("serviceTask_send", 5), step("serviceTask_closeHandled", 9)),
        List.of(fact(1, EvidenceType.REVIEW_RECORDED, 0, "userTask_triage"), fact(6, EvidenceType.REVIEW_RECORDED, 0, "changeTicket"), fact(2, EvidenceType.POLICY_DECIDED, 0, ""),
            fact(3, EvidenceType.ACTION_SENT, 5, ""), fact(4, EvidenceType.CASE_CLOSED, 9, "")))).isEmpty();
  }

  @Test
  void findsNoneWhereAMachineIsReleasedLaterOrALostAnswerWasFound() {
    List<Step> steps = List.of(step("serviceTask_send", 5), step("serviceTask_readBack", 9), step("serviceTask_recordReleaseIntent", 60), step("serviceTask_release", 61), step("serviceTask_pollRelease", 70));
    List<Fact> sent = List.of(fact(3, EvidenceType.ACTION_SENT, 9, ""), fact(4, EvidenceType.RELEASE_INTENT, 60, ""), fact(5, EvidenceType.ACTION_SENT, 61, ""), fact(6, EvidenceType.ACTION_SENT, 70, ""));
    assertThat(codes(steps, sent)).isEmpty();
    assertThat(codes(steps.subList(0, 3), sent)).as("without the step of the release").containsExactly("ENTRY_WITHOUT_STEP", "ENTRY_WITHOUT_STEP");
  }

  @Test
  void knowsTheStepsThatSendByTheirNamesInTheModels() throws IOException {
    String models = Files.readString(Path.of("bpmn/perform-action.bpmn")) + Files.readString(Path.of("bpmn/release-host.bpmn"));
    assertThat(Stream.concat(Differences.SENDS.stream(), Differences.INTENDS_RELEASE.stream())).allSatisfy(step -> assertThat(models).contains("<bpmn:serviceTask id=\"" + step + "\""));
  }

  @Test
  void tellsOfAStepThatLeftNoEntry() {
    assertThat(codes(List.of(task("userTask_releaseHost", 3)), List.of())).containsExactly("STEP_WITHOUT_ENTRY");
    assertThat(codes(List.of(task("userTask_releaseHost", 3)), List.of(fact(1, EvidenceType.REVIEW_RECORDED, 3, "userTask_triage"))))
        .containsExactly("STEP_WITHOUT_ENTRY", "ENTRY_WITHOUT_STEP");
    assertThat(codes(List.of(step("serviceTask_closeHandled", 3)), List.of())).containsExactly("STEP_WITHOUT_ENTRY");
  }

  @Test
  void tellsOfAnEntryWhoseStepIsGoneOrWasMoved() {
    assertThat(codes(List.of(step("serviceTask_poll", 1)), List.of(fact(7, EvidenceType.ACTION_SENT, 1, "")))).containsExactly("ENTRY_WITHOUT_STEP");
    assertThat(codes(List.of(task("userTask_triage", 0)), List.of(fact(7, EvidenceType.REVIEW_RECORDED, 30, "userTask_triage"))))
        .containsExactly("STEP_WITHOUT_ENTRY", "ENTRY_WITHOUT_STEP");
    assertThat(codes(List.of(), List.of(fact(7, EvidenceType.POLICY_DECIDED, 0, "")))).containsExactly("NO_HISTORY");
  }

  @Test
  void expectsNoEntryOfWhatWasLeftUndoneOrGoesThroughTheGate() {
    Step left = new Step("userTask_triage", "Triage", "Receive alert", 1, AT, AT.plusSeconds(60), true, true);
    assertThat(codes(List.of(left, task("userTask_decide", 1), step("serviceTask_closeMerged", 2), step("serviceTask_closeChannels", 2)), List.of())).isEmpty();
  }

  @Test
  void waitsForEntriesThatHaveNoNumberYet() {
    List<Step> steps = List.of(task("userTask_triage", 0), step("serviceTask_closeHandled", 9));
    assertThat(Differences.between(steps, List.of(fact(1, EvidenceType.REVIEW_RECORDED, 0, "userTask_triage")), Optional.of(AT.plusSeconds(541)))).isEmpty();
    assertThat(Differences.between(steps, List.of(), Optional.of(AT.plusSeconds(541)))).as("the entry of the first step does not wait").hasSize(1);
  }

  private static List<String> codes(List<Step> steps, List<Fact> facts) {
    return Differences.between(steps, facts, Optional.empty()).stream().map(Differences.Difference::code).toList();
  }

  private static Step task(String id, int minute) {
    return new Step(id, id, "Receive alert", 1, AT.plusSeconds(60L * minute), AT.plusSeconds(60L * minute + 2), false, true);
  }

  private static Step step(String id, int minute) {
    return new Step(id, id, "Receive alert", 1, AT.plusSeconds(60L * minute), AT.plusSeconds(60L * minute + 2), false, false);
  }

  private static Fact fact(long seq, EvidenceType type, int minute, String task) {
    String leaf = "{\"at\":\"" + AT.plusSeconds(60L * minute + 1) + "\",\"data\":{\"task\":\"" + task + "\"}}";
    return Fact.of(new EvidenceEntry(seq, type, "c-1", leaf.getBytes(StandardCharsets.UTF_8), new byte[32], true));
  }
}
