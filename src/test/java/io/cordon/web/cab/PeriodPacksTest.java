package io.cordon.web.cab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.cordon.alerts.CaseSearch;
import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidencePack;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.EvidenceType;
import io.cordon.evidence.controls.Coverage;
import io.cordon.evidence.controls.CoverageReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** A change is listed as what it was approved as, though approval and action fall into two periods. */
class PeriodPacksTest {
  private static final Instant FROM = Instant.parse("2026-02-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-03-01T00:00:00Z");
  private static final String NOTE = "cordon.test/evidence\n112\n" + Base64.getEncoder().encodeToString(new byte[32]) + "\n\n\u2014 cordon.test/evidence x\n";

  private final Coverage coverage = mock(Coverage.class);
  private final CaseSearch cases = mock(CaseSearch.class);
  private final EvidenceLog log = mock(EvidenceLog.class);
  private final EvidencePack pack = mock(EvidencePack.class);
  private final SummaryPdf pdf = mock(SummaryPdf.class);
  private final RecordModel model = mock(RecordModel.class);
  private final PeriodPacks packs = new PeriodPacks(coverage, cases, log, mock(EvidencePump.class), pack, pdf, model);

  private final EvidenceEntry grant = entry(7, EvidenceType.APPROVAL_GRANTED, FROM.minusSeconds(600), "\"actor\":{\"oid\":\"o1\",\"role\":\"Clinical.Approver\"},");
  private final EvidenceEntry intent = entry(9, EvidenceType.ACTION_INTENT, FROM.plusSeconds(1800), "");

  @BeforeEach
  void somethingIsDoneInThePeriod() throws IOException {
    when(log.latestCheckpoint()).thenReturn(Optional.of(NOTE));
    when(coverage.of(FROM, TO)).thenReturn(new CoverageReport(FROM, TO, List.of("c-1"), List.of(), List.of()));
    when(log.signedBetween(eq(FROM), eq(TO), any(), anyLong(), eq(112L))).thenReturn(List.of(intent));
    when(cases.of(any())).thenReturn(List.of(Story.told().record(Map.of()).about()));
    when(pdf.render(any(), any(), any())).thenReturn(new byte[1]);
    when(model.now()).thenReturn(TO);
  }

  @Test
  void listAChangeThatWasApprovedBeforeMidnightAsANormalOne() throws IOException {
    when(log.signedOfCases(eq(List.of("c-1")), any(), eq(112L))).thenReturn(List.of(grant));
    assertThat(prepared()).isEqualTo(ChangeType.NORMAL);
  }

  @Test
  void listAChangeThatTwoLeadsDeclaredBeforeMidnightAsAnEmergency() throws IOException {
    when(log.signedOfCases(eq(List.of("c-1")), any(), eq(112L))).thenReturn(List.of(grant, entry(8, EvidenceType.BREAK_GLASS, FROM.minusSeconds(300), "")));
    assertThat(prepared()).isEqualTo(ChangeType.EMERGENCY);
  }

  @Test
  void listAChangeThatNobodyWasAskedAboutAsAStandardOne() throws IOException {
    when(log.signedOfCases(any(), any(), anyLong())).thenReturn(List.of(entry(7, EvidenceType.APPROVAL_GRANTED, FROM.minusSeconds(600), "")));
    assertThat(prepared()).isEqualTo(ChangeType.STANDARD);
  }

  @Test
  void holdTheEntriesThatTheTypeRestsOnOnceEachAndInOrder() throws IOException {
    when(log.signedOfCases(any(), any(), anyLong())).thenReturn(List.of(grant, entry(11, EvidenceType.BREAK_GLASS, TO.plusSeconds(5), "")));
    assertThat(written()).containsExactly(7L, 9L, 11L);
  }

  @Test
  void holdThemByTheirNumbersThoughTheClocksDisagreeAtMidnight() throws IOException {
    EvidenceEntry early = entry(8, EvidenceType.ACTION_INTENT, FROM.plusSeconds(1), "");
    when(log.signedBetween(eq(FROM), eq(TO), any(), anyLong(), eq(112L))).thenReturn(List.of(early, entry(12, EvidenceType.ACTION_RESULT, FROM.plusSeconds(2000), "")));
    when(log.signedOfCases(any(), any(), anyLong()))
        .thenReturn(List.of(entry(9, EvidenceType.APPROVAL_GRANTED, FROM.minusSeconds(1), ""), entry(10, EvidenceType.BREAK_GLASS, TO.plusSeconds(5), "")));
    assertThat(written()).containsExactly(8L, 9L, 10L, 12L);
  }

  private List<Long> written() throws IOException {
    packs.prepare(FROM, TO).write(new ByteArrayOutputStream());
    ArgumentCaptor<EvidencePack.Entries> entries = ArgumentCaptor.forClass(EvidencePack.Entries.class);
    verify(pack).write(any(), eq(NOTE), entries.capture(), any());
    List<Long> seqs = new ArrayList<>();
    entries.getValue().each(entry -> seqs.add(entry.seq()));
    return seqs;
  }

  private ChangeType prepared() throws IOException {
    packs.prepare(FROM, TO);
    ArgumentCaptor<Map<String, Object>> shown = ArgumentCaptor.captor();
    verify(pdf).render(eq("cab/period"), shown.capture(), any());
    return ((PeriodPacks.Change) ((List<?>) shown.getValue().get("changes")).get(0)).type();
  }

  private static EvidenceEntry entry(long seq, EvidenceType type, Instant at, String actor) {
    String leaf = "{" + actor + "\"at\":\"" + at + "\",\"data\":{\"permit\":\"x-1\"}}";
    return new EvidenceEntry(seq, type, "c-1", leaf.getBytes(StandardCharsets.UTF_8), new byte[32], true);
  }
}
