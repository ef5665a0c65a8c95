package io.cordon.channels.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalHistory;
import io.cordon.gate.ApprovalHistory.Undone;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.Plan;
import io.cordon.platform.phi.PatientDataFound;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.ArgumentCaptor;

class IncidentCommentsTest {
  private static final UUID INCIDENT = UUID.fromString("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
  private static final Instant NOW = Instant.parse("2026-03-01T14:30:00Z");
  private static final String WORKSPACE =
      "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/soc";

  private final Incidents incidents = mock(Incidents.class);
  private final IncidentBook book = mock(IncidentBook.class);
  private final ApprovalHistory history = mock(ApprovalHistory.class);
  private final EvidenceLog evidence = mock(EvidenceLog.class);
  private final IncidentComments comments = new IncidentComments(new SentinelSettings(WORKSPACE, true), incidents, book, history, evidence, ZoneOffset.UTC);

  @BeforeEach
  void theCaseHasAnIncident() {
    when(book.incidentsOf("c-1")).thenReturn(List.of(INCIDENT));
    when(history.undone(any())).thenReturn(Undone.NO);
  }

  @ParameterizedTest
  @EnumSource(value = ApprovalState.class, names = {"WITHDRAWN", "REJECTED", "EXPIRED"})
  void sayOfNothingThatWasSentThatItWasNotDone(ApprovalState state) {
    when(history.wasActedOn("a-1")).thenReturn(true);
    comments.write(request(state), plan());

    assertThat(comment()).contains("what was already sent: see the case").doesNotContain("no action");
  }

  @Test
  void sayThatNothingWasDoneWhereNothingWas() {
    comments.write(request(ApprovalState.WITHDRAWN), plan());

    assertThat(comment()).contains("withdrawn, no action");
  }

  @Test
  void sayOfAnApprovalThatItWasNotCarriedOut() {
    when(history.undone(any())).thenReturn(Undone.YES);
    comments.write(request(ApprovalState.GRANTED), plan());

    assertThat(comment()).contains("approved, but not done, no action").doesNotContain("It may start");
  }

  @Test
  void areWrittenThoughTheIncidentMayNotBeMadeActive() {
    doThrow(new PatientDataFound("arm", "incident-status", "EMAIL")).when(incidents).activate(INCIDENT);
    comments.write(request(ApprovalState.PENDING), plan());

    assertThat(comment()).contains("Clinical Ops is asked");
    verify(book).written(any(), eq(INCIDENT), eq("a-1"));
    assertThat(recorded()).extracting(EvidenceEvent::type).containsExactly(EvidenceType.NOTIFY_FAILED, EvidenceType.NOTIFY_SENT);
    assertThat(recorded().get(0).data()).containsEntry("channel", "SENTINEL").containsEntry("what", "HELD_BACK").containsEntry("rule", "EMAIL");
  }

  @Test
  void areWrittenThoughSentinelRefusesToMakeTheIncidentActive() {
    doThrow(new SentinelRejected("incident-status", 403)).when(incidents).activate(INCIDENT);
    comments.write(request(ApprovalState.PENDING), plan());

    assertThat(comment()).contains("Clinical Ops is asked");
    assertThat(recorded()).extracting(EvidenceEvent::type).containsExactly(EvidenceType.NOTIFY_FAILED, EvidenceType.NOTIFY_SENT);
    assertThat(recorded().get(0).data()).containsEntry("what", "NOT_ACTIVATED");
  }

  @Test
  void areWrittenBareWhereTheNetKnowsTheMachineForSomethingElse() {
    doThrow(new PatientDataFound("arm", "incident-comment", "PATH")).doNothing().when(incidents).comment(eq(INCIDENT), any(), any());
    comments.write(request(ApprovalState.REJECTED), plan());

    ArgumentCaptor<String> text = ArgumentCaptor.forClass(String.class);
    verify(incidents, times(2)).comment(eq(INCIDENT), any(), text.capture());
    assertThat(text.getAllValues().get(0)).contains("pacs-gw-01");
    assertThat(text.getAllValues().get(1)).isEqualTo("Cordon: rejected, no action. Case c-1, request a-1.");
    verify(book).written(any(), eq(INCIDENT), eq("a-1"));
    assertThat(recorded()).extracting(EvidenceEvent::type).containsExactly(EvidenceType.NOTIFY_FAILED, EvidenceType.NOTIFY_SENT);
    assertThat(recorded().get(0).data()).containsEntry("what", "COMMENTED_BARE").containsEntry("rule", "PATH");
  }

  @Test
  void noteOnceThatItWasHeldBackHoweverOftenTheCommentIsTried() {
    doThrow(new PatientDataFound("arm", "incident-status", "EMAIL")).when(incidents).activate(INCIDENT);
    doThrow(new SentinelUnavailable("incident-comment", "away", null)).doNothing().when(incidents).comment(eq(INCIDENT), any(), any());

    assertThatThrownBy(() -> comments.write(request(ApprovalState.PENDING), plan())).isInstanceOf(SentinelUnavailable.class);
    comments.write(request(ApprovalState.PENDING), plan());

    assertThat(recorded()).extracting(EvidenceEvent::type).containsExactly(EvidenceType.NOTIFY_FAILED, EvidenceType.NOTIFY_SENT);
  }

  private String comment() {
    ArgumentCaptor<String> text = ArgumentCaptor.forClass(String.class);
    verify(incidents).comment(eq(INCIDENT), any(), text.capture());
    return text.getValue();
  }

  private List<EvidenceEvent> recorded() {
    ArgumentCaptor<EvidenceEvent> events = ArgumentCaptor.forClass(EvidenceEvent.class);
    verify(evidence, atLeastOnce()).append(events.capture());
    return events.getAllValues();
  }

  private static ApprovalRequest request(ApprovalState state) {
    return new ApprovalRequest("a-1", "c-1", "p-1", "i-1", state, 1, 1, "Clinical.Approver", "PACS", 1, NOW, NOW, null, NOW, NOW, NOW, null, null);
  }

  private static Plan plan() {
    return new Plan("p-1", "c-1", "00", Plan.ISOLATE, "CLINICAL_APPROVAL", "CHANNEL", 15, 4, Plan.BY_HAND, "PACS", "d", null, "pacs-gw-01", "CLINICAL", 1, "URGENT");
  }
}
