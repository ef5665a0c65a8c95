package io.cordon.web.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.playbook.CasePaths;
import io.cordon.playbook.CaseSteps;
import io.cordon.playbook.CaseSteps.Step;
import io.cordon.web.cab.CabPacks;
import io.cordon.web.cab.DeciderNames;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;

class CaseStoriesTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:00:00Z");
  private static final int ENTRIES = EvidenceLog.CASE_PAGE + 50;

  private final CaseBook cases = mock(CaseBook.class);
  private final EvidenceLog log = mock(EvidenceLog.class);
  private final CaseSteps engine = mock(CaseSteps.class);
  private final CaseStories stories =
      new CaseStories(cases, log, engine, mock(CasePaths.class), mock(CabPacks.class), mock(DeciderNames.class), mock(PlatformTransactionManager.class));

  /** One entry a minute, and a step in the middle between each two of them. */
  @Test
  void tellsEveryStepOnceHoweverManyPagesThereAre() {
    when(cases.find("c-1")).thenReturn(Optional.of(mock(CaseView.class)));
    when(log.entriesOfCaseFrom(eq("c-1"), anyLong())).thenAnswer(call -> entries(call.<Long>getArgument(1), ENTRIES).stream().limit(EvidenceLog.CASE_PAGE).toList());
    when(log.entriesOfCaseBefore(eq("c-1"), anyLong())).thenAnswer(call -> entries(0, call.<Long>getArgument(1)));
    when(engine.of("c-1")).thenReturn(LongStream.range(0, ENTRIES).mapToObj(CaseStoriesTest::step).toList());

    List<String> steps = new ArrayList<>();
    for (Long from = 0L; from != null; ) {
      CaseStory page = stories.of("c-1", from).orElseThrow();
      page.lines().stream().filter(line -> !line.isEntry()).map(StoryLine::what).forEach(steps::add);
      from = page.next();
    }

    assertThat(steps).doesNotHaveDuplicates().hasSize(ENTRIES);
  }

  private static Step step(long number) {
    Instant at = AT.plusSeconds(60 * number + 30);
    return new Step("serviceTask_poll", "step " + number, "Perform action", 1, at, at.plusSeconds(1), false, false);
  }

  private static List<EvidenceEntry> entries(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(seq -> new EvidenceEntry(
            seq, EvidenceType.NOTIFY_SENT, "c-1", ("{\"at\":\"" + AT.plusSeconds(60 * seq) + "\",\"data\":{}}").getBytes(StandardCharsets.UTF_8), new byte[32], true))
        .toList();
  }
}
