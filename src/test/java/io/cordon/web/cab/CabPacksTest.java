package io.cordon.web.cab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.cordon.alerts.CaseBook;
import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidencePack;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.EvidenceType;
import io.cordon.playbook.CasePaths;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** A storm of alerts pushes nothing out of a pack that says what was decided and done. */
class CabPacksTest {
  private final CaseBook cases = mock(CaseBook.class);
  private final EvidenceLog log = mock(EvidenceLog.class);
  private final RecordModel model = mock(RecordModel.class);
  private final List<EvidenceEntry> entries = new ArrayList<>();
  private final CabPacks packs =
      new CabPacks(cases, log, mock(EvidencePump.class), mock(EvidencePack.class), mock(CasePaths.class), mock(DeciderNames.class), mock(SummaryPdf.class), model);

  @BeforeEach
  void thereIsACase() {
    when(cases.find("c-1")).thenReturn(Optional.of(Story.told().record(Map.of()).about()));
    when(log.latestCheckpoint()).thenReturn(Optional.of("note"));
    when(log.entriesOfCaseFrom(eq("c-1"), anyLong())).thenAnswer(call -> {
      long from = call.getArgument(1);
      return entries.subList((int) Math.min(from, entries.size()), (int) Math.min(from + EvidenceLog.CASE_PAGE, entries.size()));
    });
  }

  @Test
  void keepWhatWasDecidedAndDoneAfterAStorm() throws IOException {
    add(30_000, EvidenceType.ALERT_DUPLICATE);
    add(1, EvidenceType.APPROVAL_GRANTED, EvidenceType.ACTION_INTENT, EvidenceType.ACTION_RESULT, EvidenceType.NOTIFY_FAILED);
    add(100, EvidenceType.ALERT_RECEIVED, EvidenceType.CASE_JOINED);
    add(1, EvidenceType.RELEASE_RESULT);

    List<EvidenceEntry> kept = packs.signed("c-1");
    assertThat(kept).extracting(EvidenceEntry::type).contains(
        EvidenceType.APPROVAL_GRANTED, EvidenceType.ACTION_INTENT, EvidenceType.ACTION_RESULT, EvidenceType.NOTIFY_FAILED, EvidenceType.RELEASE_RESULT);
    assertThat(kept).hasSizeLessThan(5_000).extracting(EvidenceEntry::seq).isSorted();

    packs.write("c-1", new ByteArrayOutputStream());
    assertThat(summarised().entriesLeftOut()).isEqualTo(entries.size() - kept.size());
    assertThat(summarised().leftOut()).containsEntry(EvidenceType.CASE_JOINED, 100L);
  }

  @Test
  void leaveNothingOutOfACaseOfUsualLength() throws IOException {
    add(500, EvidenceType.ALERT_RECEIVED, EvidenceType.CASE_JOINED);

    assertThat(packs.signed("c-1")).hasSize(1_000);
    packs.write("c-1", new ByteArrayOutputStream());
    assertThat(summarised().entriesLeftOut()).isZero();
  }

  private ChangeRecord summarised() {
    ArgumentCaptor<ChangeRecord> record = ArgumentCaptor.forClass(ChangeRecord.class);
    verify(model).of(record.capture(), any(), any());
    return record.getValue();
  }

  private void add(int times, EvidenceType... types) {
    for (EvidenceType type : types) {
      for (int n = 0; n < times; n++) {
        byte[] leaf = ("{\"at\":\"" + Story.START + "\",\"data\":{}}").getBytes(StandardCharsets.UTF_8);
        entries.add(new EvidenceEntry(entries.size(), type, "c-1", leaf, new byte[32], true));
      }
    }
  }
}
