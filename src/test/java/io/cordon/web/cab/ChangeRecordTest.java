package io.cordon.web.cab;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.evidence.EvidenceType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeRecordTest {
  @Test
  void countsAnIsolationThatSucceeded() {
    ChangeRecord record = Story.told().record(Map.of());
    assertThat(record.isolatedAt()).contains(Story.START.plusSeconds(720));
    assertThat(record.foundIsolated()).isFalse();
    assertThat(record.stoppedAt()).isEmpty();
    assertThat(record.minutesIsolated()).isEqualTo(80);
  }

  @Test
  void countsNoStopOfAProcessAsAnIsolation() {
    ChangeRecord record = Story.ofAStop().record(Map.of());
    assertThat(record.isolatedAt()).isEmpty();
    assertThat(record.isolationUnknown()).isFalse();
    assertThat(record.stoppedAt()).contains(Story.START.plusSeconds(720));
  }

  @Test
  void countsWhatSomebodyFoundAtTheMachine() {
    ChangeRecord record = Story.unresolved().found(40, "ISOLATED").record(Map.of());
    assertThat(record.isolatedAt()).contains(Story.START.plusSeconds(2_400));
    assertThat(record.foundIsolated()).isTrue();
    assertThat(record.isolationUnknown()).isFalse();
  }

  @Test
  void saysThatItIsNotKnownUntilSomebodyFoundOut() {
    assertThat(Story.unresolved().record(Map.of()).isolationUnknown()).isTrue();
    ChangeRecord settled = Story.unresolved().found(40, "NOT_ISOLATED").record(Map.of());
    assertThat(settled.isolationUnknown()).isFalse();
    assertThat(settled.isolatedAt()).isEmpty();
  }

  @Test
  void countsWhatDefenderSaidLate() {
    ChangeRecord ran = Story.unresolved().tell(200, EvidenceType.ACTION_FOUND_LATE, "", "\"permit\":\"x-1\",\"result\":\"SUCCEEDED\"").record(Map.of());
    assertThat(ran.isolatedAt()).contains(Story.START.plusSeconds(12_000));
    assertThat(ran.foundIsolated()).isFalse();
    ChangeRecord dropped = Story.unresolved().tell(200, EvidenceType.ACTION_FOUND_LATE, "", "\"permit\":\"x-1\",\"result\":\"CANCELLED\"").record(Map.of());
    assertThat(dropped.isolationUnknown()).isFalse();
    assertThat(dropped.isolatedAt()).isEmpty();
  }

  @Test
  void takesAFindingForTheActionThatWasLeftOpenLast() {
    Story story = Story.unresolved().found(20, "NOT_ISOLATED")
        .tell(30, EvidenceType.ACTION_INTENT, "", "\"permit\":\"x-2\",\"approval\":\"a-2\",\"action\":\"STOP_PROCESS\"")
        .tell(31, EvidenceType.ACTION_UNRESOLVED, "", "\"permit\":\"x-2\",\"result\":\"UNRESOLVED\"")
        .found(40, "ISOLATED");
    assertThat(story.record(Map.of()).isolatedAt()).as("the process was found stopped").isEmpty();
    assertThat(story.record(Map.of()).stoppedAt()).contains(Story.START.plusSeconds(2_400));
  }

  @Test
  void countsAReleaseByHandOrInThePortal() {
    ChangeRecord byHand = isolated().tell(50, EvidenceType.REVIEW_RECORDED, "Security.Lead", "\"task\":\"userTask_releaseByHand\",\"finding\":\"RELEASED\"").record(Map.of());
    assertThat(byHand.releasedAt()).contains(Story.START.plusSeconds(3_000));
    assertThat(byHand.releasedBy()).isEqualTo("byHand");
    ChangeRecord portal = isolated().tell(60, EvidenceType.OUT_OF_BAND_ACTION, "", "\"action\":\"UNISOLATE\",\"state\":\"SUCCEEDED\"").record(Map.of());
    assertThat(portal.releasedAt()).contains(Story.START.plusSeconds(3_600));
    assertThat(portal.releasedBy()).isEqualTo("outside");
  }

  @Test
  void countsNoReleaseInThePortalThatCameBeforeOrWasUndone() {
    String release = "\"action\":\"UNISOLATE\",\"state\":\"SUCCEEDED\"";
    Story before = new Story().tell(5, EvidenceType.OUT_OF_BAND_ACTION, "", release)
        .tell(10, EvidenceType.ACTION_INTENT, "", "\"permit\":\"x-1\",\"approval\":\"a-1\",\"action\":\"ISOLATE\"")
        .tell(12, EvidenceType.ACTION_RESULT, "", "\"permit\":\"x-1\",\"result\":\"SUCCEEDED\"");
    assertThat(before.record(Map.of()).releasedAt()).isEmpty();
    Story undone = isolated().tell(60, EvidenceType.OUT_OF_BAND_ACTION, "", release)
        .tell(70, EvidenceType.OUT_OF_BAND_ACTION, "", "\"action\":\"ISOLATE\",\"state\":\"SUCCEEDED\"");
    assertThat(undone.record(Map.of()).releasedAt()).isEmpty();
    Story other = isolated().tell(60, EvidenceType.OUT_OF_BAND_ACTION, "", release + ",\"machine\":\"of somebody else\"");
    assertThat(other.record(Map.of()).releasedAt()).isEmpty();
  }

  @Test
  void countsNoReleaseOfOneMachineForAnother() {
    Story two = isolated()
        .tell(13, EvidenceType.ACTION_INTENT, "", "\"permit\":\"x-2\",\"approval\":\"a-1\",\"action\":\"ISOLATE\"")
        .tell(14, EvidenceType.ACTION_RESULT, "", "\"permit\":\"x-2\",\"result\":\"SUCCEEDED\"")
        .tell(50, EvidenceType.RELEASE_RESULT, "", "\"permit\":\"x-3\",\"result\":\"SUCCEEDED\"");
    assertThat(two.record(Map.of()).releasedAt()).isEmpty();
    assertThat(two.record(Map.of()).released()).isEqualTo(1);
    two.tell(60, EvidenceType.RELEASE_RESULT, "", "\"permit\":\"x-4\",\"result\":\"SUCCEEDED\"");
    assertThat(two.record(Map.of()).releasedAt()).contains(Story.START.plusSeconds(3_600));
  }

  private static Story isolated() {
    return new Story()
        .tell(10, EvidenceType.ACTION_INTENT, "", "\"permit\":\"x-1\",\"approval\":\"a-1\",\"action\":\"ISOLATE\"")
        .tell(12, EvidenceType.ACTION_RESULT, "", "\"permit\":\"x-1\",\"result\":\"SUCCEEDED\"");
  }

  @Test
  void countsAlertsThatAreLeftOutAsFurtherOnes() {
    Story told = Story.told();
    ChangeRecord record = new ChangeRecord(told.record(Map.of()).about(), told.facts(), Map.of(), Map.of(EvidenceType.ALERT_RECEIVED, 7L, EvidenceType.CASE_JOINED, 3L));
    assertThat(record.furtherAlerts()).isEqualTo(7);
    assertThat(record.entriesLeftOut()).isEqualTo(10);
  }
}
