package io.cordon.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.cordon.channels.pagerduty.PageQuota;
import io.cordon.channels.pagerduty.PageRequest;
import io.cordon.channels.pagerduty.PageRequest.Severity;
import io.cordon.channels.pagerduty.PagerDutyEvents;
import io.cordon.evidence.EvidenceLog;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.Plan;
import io.cordon.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;

/** One page a stage; one for many in a storm; said in Teams when PagerDuty does not take it. */
class PagesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T14:30:10Z");

  private final SettableClock clock = new SettableClock(NOW);
  private final PagerDutyEvents pagerDuty = mock(PagerDutyEvents.class);
  private final PageQuota quota = mock(PageQuota.class);
  private final ChannelBook book = mock(ChannelBook.class);
  private final Deliveries deliveries = mock(Deliveries.class);
  private final ApprovalCards cards = mock(ApprovalCards.class);
  private final Plan plan = mock(Plan.class);
  private final Pages pages = new Pages(pagerDuty, quota, book, deliveries, new HeldBack(mock(EvidenceLog.class)), "https://cordon.hospital.example", clock);
  private final ClinicalOps clinicalOps = new ClinicalOps(cards, pages, book, deliveries, caseId -> "Medium");

  @BeforeEach
  void thereIsAPlan() {
    when(quota.hasRoom("PACS")).thenReturn(true);
    when(plan.machineName()).thenReturn("pacs-gw-01");
    when(plan.action()).thenReturn("ISOLATE");
  }

  @Test
  void sendsAPageOfItsOwnUnderAKeyOfItsOwn() {
    clinicalOps.page(request("a-1"), plan, "tier-1");

    PageRequest page = sent().get(0);
    assertThat(page.dedupKey()).isEqualTo("cordon/a-1/tier-1");
    assertThat(page.severity()).isEqualTo(Severity.ERROR);
    assertThat(page.links()).singleElement().satisfies(link -> assertThat(link.href()).hasToString("https://cordon.hospital.example/approvals/a-1"));
    assertThat(page.details()).containsEntry("asset", "pacs-gw-01").containsEntry("action", "ISOLATE").containsKeys("request", "case", "decideBy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ISOLATE | isolate pacs-gw-01 (PACS)",
        "STOP_PROCESS | stop one process of pacs-gw-01 (PACS), no isolation",
        "COMPENSATE | put protection around pacs-gw-01 (PACS), no isolation"
      })
  void wakesPeopleForWhatThePlanDoes(String action, String words) {
    Plan one = new Plan("p-1", "c-1", "00", action, "CLINICAL_APPROVAL", "CHANNEL", 15, 4, Plan.BY_HAND, "PACS", "d", null, "pacs-gw-01", "CLINICAL", 1, "URGENT");
    when(quota.hasRoom(anyString())).thenReturn(true);
    clinicalOps.page(request("a-1"), one, "tier-1");
    clinicalOps.pageSecond(request("a-1"), one);
    clinicalOps.pageLastCall(request("a-1"), one);
    clinicalOps.pageEmergency(request("a-1"), one);
    clinicalOps.askAgain(request("a-1"), one);

    assertThat(sent()).hasSize(7).allSatisfy(page -> assertThat(page.summary()).endsWith(": " + words));
  }

  @ParameterizedTest
  @CsvSource({"STOP_PROCESS,stop one process of", "COMPENSATE,put protection around"})
  void saysInTeamsWhatThePlanDoesWhenNobodyCouldBePaged(String action, String words) {
    Plan one = new Plan("p-1", "c-1", "00", action, "CLINICAL_APPROVAL", "CHANNEL", 15, 4, Plan.BY_HAND, "PACS", "d", null, "pacs-gw-01", "CLINICAL", 1, "URGENT");
    doThrow(new IllegalStateException("away")).when(pagerDuty).trigger(any());
    when(book.failsFirst("cordon/a-1/tier-1")).thenReturn(true);
    assertThatThrownBy(() -> clinicalOps.page(request("a-1"), one, "tier-1")).isInstanceOf(IllegalStateException.class);

    verify(cards).say(any(), contains("needed: " + words));
  }

  @Test
  void putsTogetherWhatIsAboveTheQuotaOfAMinute() {
    when(quota.hasRoom("PACS")).thenReturn(false);
    for (int one = 0; one < 50; one++) {
      clinicalOps.page(request("a-" + one), plan, "tier-1");
    }
    clock.tick(Duration.ofMinutes(1));
    clinicalOps.page(request("a-next"), plan, "tier-1");

    assertThat(sent()).hasSize(2).allSatisfy(page -> assertThat(page.links().get(0).href()).hasToString("https://cordon.hospital.example/approvals"));
    assertThat(sent().stream().map(PageRequest::dedupKey).distinct()).hasSize(2);
    verify(book, times(51)).inDigest(anyString(), contains("cordon/digest/PACS/"));
    verify(deliveries, times(51)).pageSent(any(), eq("IN_DIGEST"), anyString(), eq("PACS"));
  }

  @Test
  void resolvesAPageForManyWithTheLastOfThem() {
    ChannelBook.Page own = new ChannelBook.Page("cordon/a-1/tier-1", "PACS", null);
    ChannelBook.Page part = new ChannelBook.Page("cordon/a-1/second", "PACS", "cordon/digest/PACS/7");
    when(book.openPages("a-1")).thenReturn(List.of(own, part));

    clinicalOps.resolvePages(request("a-1"));
    verify(pagerDuty).resolve("PACS", "cordon/a-1/tier-1");
    verify(pagerDuty, never()).resolve("PACS", "cordon/digest/PACS/7");

    when(book.isLastOfDigest(part)).thenReturn(true);
    clinicalOps.resolvePages(request("a-1"));
    verify(pagerDuty).resolve("PACS", "cordon/digest/PACS/7");
  }

  @Test
  void triggersThePageForManyAgainWhenNobodyElsesRequestKeepsItOpen() {
    when(quota.hasRoom("PACS")).thenReturn(false);
    clinicalOps.page(request("a-1"), plan, "tier-1");
    clinicalOps.page(request("a-2"), plan, "tier-1");
    assertThat(sent()).hasSize(1);
    String digest = sent().get(0).dedupKey();
    when(book.isLastOfDigest(new ChannelBook.Page("cordon/a-3/tier-1", "PACS", digest))).thenReturn(true);

    clinicalOps.page(request("a-3"), plan, "tier-1");

    assertThat(sent()).hasSize(2).allSatisfy(page -> assertThat(page.dedupKey()).isEqualTo(digest));
  }

  @Test
  void triggersThePageForManyAgainForOneThatCameInWhileItWasResolved() {
    ChannelBook.Page last = new ChannelBook.Page("cordon/a-1/tier-1", "PACS", "cordon/digest/PACS/7");
    when(book.openPages("a-1")).thenReturn(List.of(last));
    when(book.isLastOfDigest(last)).thenReturn(true, false);

    clinicalOps.resolvePages(request("a-1"));

    InOrder order = inOrder(pagerDuty, book);
    order.verify(pagerDuty).resolve("PACS", "cordon/digest/PACS/7");
    order.verify(book).resolved("cordon/a-1/tier-1");
    order.verify(pagerDuty).trigger(argThat(page -> page.dedupKey().equals("cordon/digest/PACS/7")));
  }

  @Test
  void saysInTeamsOnceWhatPagerDutyDoesNotTakeAndTriesThePageAgain() {
    doThrow(new IllegalStateException("away")).when(pagerDuty).trigger(any());
    when(book.failsFirst("cordon/a-1/tier-1")).thenReturn(true, false);

    assertThatThrownBy(() -> clinicalOps.page(request("a-1"), plan, "tier-1")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> clinicalOps.page(request("a-1"), plan, "tier-1")).isInstanceOf(IllegalStateException.class);

    verify(cards).say(any(), contains("PagerDuty cannot be reached"));
    verify(deliveries).failed(any(), eq("PAGERDUTY"), eq("tier-1"));
    verify(deliveries, never()).failed(any(), eq("TEAMS"), anyString());
  }

  @Test
  void alarmsWhenNeitherCanTellAnybody() {
    doThrow(new IllegalStateException("away")).when(pagerDuty).trigger(any());
    doThrow(new IllegalStateException("away")).when(cards).say(any(), anyString());
    when(book.failsFirst("cordon/a-1/tier-1")).thenReturn(true);

    assertThatThrownBy(() -> clinicalOps.page(request("a-1"), plan, "tier-1")).isInstanceOf(IllegalStateException.class);

    verify(deliveries).failed(any(), eq("PAGERDUTY"), eq("tier-1"));
    verify(deliveries).failed(any(), eq("TEAMS"), eq("tier-1"));
  }

  private List<PageRequest> sent() {
    ArgumentCaptor<PageRequest> page = ArgumentCaptor.forClass(PageRequest.class);
    verify(pagerDuty, org.mockito.Mockito.atLeast(1)).trigger(page.capture());
    return page.getAllValues();
  }

  private static ApprovalRequest request(String id) {
    ApprovalRequest request = mock(ApprovalRequest.class);
    when(request.id()).thenReturn(id);
    when(request.caseId()).thenReturn("c-1");
    when(request.clinicalService()).thenReturn("PACS");
    when(request.answerDeadline()).thenReturn(NOW.plusSeconds(900));
    when(request.state()).thenReturn(ApprovalState.PENDING);
    return request;
  }
}
