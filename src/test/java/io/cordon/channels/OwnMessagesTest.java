package io.cordon.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.cordon.channels.pagerduty.PageQuota;
import io.cordon.channels.pagerduty.PageRequest;
import io.cordon.channels.pagerduty.PagerDutyEvents;
import io.cordon.channels.pagerduty.PagerDutySettings;
import io.cordon.channels.teams.CardMark;
import io.cordon.channels.teams.ConnectorClient;
import io.cordon.channels.teams.PostedCard;
import io.cordon.channels.teams.TeamsSettings;
import io.cordon.evidence.EvidenceAlarm;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalHistory;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import io.cordon.gate.Reachability;
import io.cordon.gate.StopOrder;
import io.cordon.platform.mode.OperatingMode;
import io.cordon.platform.phi.OutgoingNet;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

/** Our own cards and pages pass the net; where one does not, a bare one goes out in its place. */
class OwnMessagesTest {
  // ids whose digits read as a birthday
  private static final String CASE = "c-0198f2a1b3c4d5e6f19991231e2f3a45";
  private static final String REQUEST = "a-0198f2a1b3c4d5e6b20010203c2f3a45";
  private static final String PERMIT = "x-0198f2a1b3c4d5e6d19700101b2f3a45";
  private static final Instant NOW = Instant.parse("2026-03-01T14:30:00.123456Z");

  private final EvidenceLog evidence = mock(EvidenceLog.class);
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ChannelBook book = mock(ChannelBook.class);
  private final ApprovalHistory history = mock(ApprovalHistory.class);
  private final List<String> sent = new ArrayList<>();

  @BeforeEach
  void nothingIsUndone() {
    when(history.undone(any())).thenReturn(ApprovalHistory.Undone.NO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pacs-gw-01", "fhir-prod-01", "ehr-db-01", "img-proxy-01", "dev-build-01", "untagged-01", "twin-01", "lis-aix-01", "bulk-00001", "bulk-99999"})
  void passAboutEveryMachineOfTheSandbox(String machine) {
    say(clinicalOps(Map.of()), ApprovalState.PENDING, machine);

    assertThat(sent).hasSize(2).allSatisfy(message -> assertThat(message).contains(machine));
    assertThat(meters.getMeters()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ApprovalState.class)
  void passInEveryState(ApprovalState state) {
    say(clinicalOps(Map.of()), state, "pacs-gw-01");

    assertThat(meters.getMeters()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {Plan.ISOLATE, Plan.STOP_PROCESS, Plan.COMPENSATE})
  void passWhateverIsAsked(String action) {
    say(clinicalOps(Map.of()), ApprovalState.PENDING, "pacs-gw-01", action);

    assertThat(sent).hasSize(2);
    assertThat(meters.getMeters()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(EvidenceAlarm.Trouble.class)
  void passAboutEveryTroubleOfTheEvidence(EvidenceAlarm.Trouble trouble) {
    var pages = new EvidencePages(pagerDuty(net(Map.of())), evidence, "https://cordon.hospital.example");
    pages.raise(trouble);
    pages.settle(trouble);

    assertThat(sent).hasSize(2).allSatisfy(message -> assertThat(message).contains("cordon/evidence/"));
  }

  @Test
  void passAboutTheTasksOfACase() {
    TaskPageBook open = mock(TaskPageBook.class);
    when(open.open(CASE, TaskPageBook.Subject.SIGNS)).thenReturn(List.of(new TaskPageBook.Open("cordon/" + CASE + "/signs-" + PERMIT + "-not-seen", NOW)));
    when(open.open(CASE, TaskPageBook.Subject.OVERDUE)).thenReturn(List.of(new TaskPageBook.Open("cordon/" + CASE + "/overdue-1181540", NOW)));
    var pages = new TaskPages(pagerDuty(net(Map.of())), open, evidence, new HeldBack(evidence), Clock.fixed(NOW, ZoneOffset.UTC), "https://cordon.hospital.example");
    pages.remind(CASE, "Release the machine", "Security", 2);
    pages.stuck(CASE, 1);
    pages.signs(CASE, PERMIT, "NOT_SEEN", "Still isolated: pacs-gw-01");
    pages.settle(CASE);
    pages.settleSigns(CASE);

    assertThat(sent).hasSize(5).allSatisfy(message -> assertThat(message).contains("cordon/" + CASE + "/"));
    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void sayOfNothingThatWasSentThatItWasNotDone() {
    when(history.wasActedOn(REQUEST)).thenReturn(true);
    when(book.cards(REQUEST)).thenReturn(List.of(new PostedCard("19:x", "1")));
    say(clinicalOps(Map.of()), ApprovalState.WITHDRAWN, "pacs-gw-01");

    assertThat(sent.get(0)).contains("What was already sent: see the case").doesNotContain("no action");
  }

  @Test
  void goOutBareWhenTheyAreHeldBack() {
    say(clinicalOps(Map.of("SITE_NUMBER", "HMC\\d{7}")), ApprovalState.PENDING, "gw-HMC0048812");

    assertThat(sent).hasSize(2).allSatisfy(message -> assertThat(message).contains(CASE, "/approvals/" + REQUEST).doesNotContain("HMC0048812"));
    assertThat(meters.counter(OutgoingNet.COUNTER, "channel", "teams", "rule", "SITE_NUMBER").count()).isEqualTo(1);
    assertThat(meters.counter(OutgoingNet.COUNTER, "channel", "pagerduty", "rule", "SITE_NUMBER").count()).isEqualTo(1);
    ArgumentCaptor<EvidenceEvent> entries = ArgumentCaptor.forClass(EvidenceEvent.class);
    verify(evidence, org.mockito.Mockito.times(4)).append(entries.capture());
    assertThat(entries.getAllValues().stream().filter(entry -> entry.type() == EvidenceType.NOTIFY_FAILED).map(EvidenceEvent::data))
        .containsExactly(Map.of("channel", "TEAMS", "rule", "SITE_NUMBER"), Map.of("channel", "PAGERDUTY", "rule", "SITE_NUMBER"));
    verifyNoMoreInteractions(evidence);
  }

  private void say(ClinicalOps clinicalOps, ApprovalState state, String machine) {
    say(clinicalOps, state, machine, Plan.ISOLATE);
  }

  private void say(ClinicalOps clinicalOps, ApprovalState state, String machine, String action) {
    var request =
        new ApprovalRequest(
            REQUEST, CASE, "p-1", "process", state, 1, 1, "Clinical.Approver", "PACS", 1, NOW, NOW, null, NOW, NOW, null, null, null);
    var plan = new Plan("p-1", CASE, "00", action, "CLINICAL_APPROVAL", "CHANNEL", 15, 4, Plan.BY_HAND, "PACS", "device", null, machine, "CLINICAL", 1, "URGENT");
    clinicalOps.show(request, plan, "High");
    clinicalOps.page(request, plan, "tier-1");
  }

  private ClinicalOps clinicalOps(Map<String, String> patterns) {
    OutgoingNet net = net(patterns);
    ConnectorClient teams = mock(ConnectorClient.class);
    when(teams.newThread(anyString(), any())).thenAnswer(call -> {
      pass(net, "teams", call.getArgument(1, JsonNode.class));
      return new PostedCard("19:x", "1");
    });
    org.mockito.Mockito.doAnswer(call -> {
      pass(net, "teams", call.getArgument(2, JsonNode.class));
      return null;
    }).when(teams).replace(anyString(), anyString(), any());
    PagerDutyEvents pagerDuty = pagerDuty(net);
    TeamsSettings settings = new TeamsSettings(null, null, null, null, Map.of("default", "19:all@thread.tacv2"), null, TeamsSettings.Mode.BOT, null, null, null, null, null);
    Plans plans = mock(Plans.class);
    when(plans.stopOrder("p-1")).thenReturn(new StopOrder(4211, NOW, "ab".repeat(32), StopOrder.DataStatement.NO_DATABASE, "cordon-stop-process.sh", "cd".repeat(32)));
    var deliveries = new Deliveries(evidence, mock(Reachability.class), new SimpleMeterRegistry());
    var heldBack = new HeldBack(evidence);
    var cards =
        new ApprovalCards(
            teams, new PlanWords(plans), settings, new CardMark(OperatingMode.LIVE), book, deliveries, heldBack, new NothingKnown(), history, caseId -> "UNKNOWN", "https://cordon.hospital.example", ZoneId.of("America/New_York"));
    var quota = new PageQuota(new PagerDutySettings(null, Map.of("default", "key"), null, 0), Clock.fixed(NOW, ZoneOffset.UTC));
    var pages = new Pages(pagerDuty, quota, book, deliveries, heldBack, "https://cordon.hospital.example", Clock.fixed(NOW, ZoneOffset.UTC));
    return new ClinicalOps(cards, pages, book, deliveries, caseId -> "High");
  }

  private OutgoingNet net(Map<String, String> patterns) {
    return OutgoingNet.of(patterns, "https://cordon.hospital.example", meters);
  }

  private PagerDutyEvents pagerDuty(OutgoingNet net) {
    PagerDutyEvents pagerDuty = mock(PagerDutyEvents.class);
    org.mockito.Mockito.doAnswer(call -> {
      pass(net, "pagerduty", new ObjectMapper().valueToTree(call.getArgument(0, PageRequest.class)));
      return null;
    }).when(pagerDuty).trigger(any());
    org.mockito.Mockito.doAnswer(call -> {
      pass(net, "pagerduty", TextNode.valueOf(call.getArgument(1)));
      return null;
    }).when(pagerDuty).resolve(any(), any());
    return pagerDuty;
  }

  private void pass(OutgoingNet net, String service, JsonNode message) {
    net.pass(service, "send", message);
    sent.add(message.toString());
  }

  /** A site without a clinical feed. */
  private static final class NothingKnown implements ClinicalFacts {
    @Override
    public Optional<String> clearance(String planId) {
      return Optional.empty();
    }

    @Override
    public Optional<Instant> askedAgainUntil(ApprovalRequest request) {
      return Optional.empty();
    }
  }
}
