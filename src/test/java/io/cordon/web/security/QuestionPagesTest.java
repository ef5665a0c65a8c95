package io.cordon.web.security;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;

import io.cordon.alerts.CaseView;
import io.cordon.gate.ApprovalHistory.Undone;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.LastQuestion;
import io.cordon.gate.PermitView;
import io.cordon.gate.Plan;
import io.cordon.gate.PlanTarget;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.StopOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What the pages of a question and of its case say is what is asked and what was done. */
class QuestionPagesTest extends WebSlice {
  @BeforeEach
  void thereIsACase() {
    when(cases.find("c1")).thenReturn(Optional.of(about("Defender for Endpoint", "High", null)));
    when(plans.stopOrder("p1")).thenReturn(new StopOrder(4211, NOW, "ab".repeat(32), StopOrder.DataStatement.NO_DATABASE, "cordon-stop-process.sh", "cd".repeat(32)));
    when(decisions.objection(any(), any())).thenReturn(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    Plan.ISOLATE + ",May we isolate,May we isolate it?",
    Plan.STOP_PROCESS + ",May we stop one process of,May we stop this process?",
    Plan.COMPENSATE + ",May we put protection around,May we change what is around it?"
  })
  void asksForWhatThePlanDoes(String action, String heading, String legend) throws Exception {
    asks(action, ApprovalState.PENDING);
    page("/approvals/a1", heading, "<legend>" + legend);
  }

  @ParameterizedTest
  @ValueSource(strings = {Plan.STOP_PROCESS, Plan.COMPENSATE})
  void speaksOfNoIsolationWhereNoneIsAsked(String action) throws Exception {
    asks(action, ApprovalState.GRANTED);
    for (String why : List.of("CLEARANCE_WORSE", "WINDOW_GONE", "CALENDAR_UNREADABLE")) {
      when(lastLook.openQuestion(any())).thenReturn(Optional.of(new LastQuestion("a1", why, NOW, NOW.plusSeconds(600), null)));
      mvc.perform(get("/approvals/a1").with(signedIn("Clinical.Approver")))
          .andExpect(content().string(allOf(containsString("You approved, and"), not(containsString("isolate")), not(containsString("cut off")), not(containsString("??")))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INTENDED", "SENDING", "SENT", "SUCCEEDED", "FAILED", "REFUSED", "CANCELLED", "WITHDRAWN", "NOT_SENT", "UNRESOLVED"})
  void hasWordsForWhateverBecameOfAStop(String state) throws Exception {
    asks(Plan.STOP_PROCESS, ApprovalState.GRANTED);
    when(permits.ofCase("c1")).thenReturn(List.of(permit(Plan.STOP_PROCESS, state)));
    page("/approvals/a1", "rocess");
    page("/cases/c1", "rocess");
  }

  @ParameterizedTest
  @CsvSource({
    "Defender for Endpoint,High,Defender for Endpoint raised an alert on this machine. Severity: High.",
    "Sentinel analytics rule,Low,A Sentinel analytics rule raised an alert on this machine. Severity: Low.",
    "Other,Medium,A product without a name in Cordon raised an alert on this machine. Severity: Medium.",
    "Cordon,High,'This machine was isolated in the Defender portal, past Cordon, or late by Cordon itself. Severity: High.'",
    "UNKNOWN,UNKNOWN,A security analyst opened this case without an alert. Severity: Unknown."
  })
  void saysWhatTheCaseBeganWith(String detector, String severity, String words) throws Exception {
    asks(Plan.ISOLATE, ApprovalState.PENDING);
    when(cases.find("c1")).thenReturn(Optional.of(about(detector, severity, null)));
    page("/approvals/a1", words);
  }

  @Test
  void saysWhatFollowsOnlyWhereSomethingDoes() throws Exception {
    asks(Plan.ISOLATE, ApprovalState.GRANTED);
    mvc.perform(get("/approvals/a1").with(signedIn("Clinical.Approver"))).andExpect(content().string(containsString("looks at the machine once more")));
    when(history.undone(any())).thenReturn(Undone.YES);
    mvc.perform(get("/approvals/a1").with(signedIn("Clinical.Approver")))
        .andExpect(content().string(allOf(containsString("This was approved, but it was not done"), not(containsString("looks at the machine once more")))));
    when(history.undone(any())).thenReturn(Undone.NO);
    for (ApprovalState over : List.of(ApprovalState.REJECTED, ApprovalState.EXPIRED, ApprovalState.WITHDRAWN, ApprovalState.VOIDED)) {
      asks(Plan.ISOLATE, over);
      mvc.perform(get("/approvals/a1").with(signedIn("Clinical.Approver")))
          .andExpect(content().string(allOf(containsString("What happens now"), not(containsString("looks at the machine once more")), not(containsString("??")))));
    }
  }

  @Test
  void letsTheSecondPersonConfirmTheMachinesThatAreApproved() throws Exception {
    asksAboutTwo("hash");
    when(decisions.leftOut("a1")).thenReturn(Set.of("d2"));
    mvc.perform(confirming("Security.Lead"))
        .andExpect(content().string(allOf(containsString("Nothing is recorded yet"), containsString("pacs-gw-02: stays on the network"), not(containsString("pacs-gw-01: stays")))));
  }

  @Test
  void letsTheFirstPersonConfirmTheMachinesThatTheyChose() throws Exception {
    asksAboutTwo(null);
    when(decisions.leftOut("a1")).thenReturn(Set.of("d2"));
    mvc.perform(confirming("Clinical.Approver").param("leftOut-d1", "true").param("windowChoice", "NOW").param("windowMinutes", "60")
            .param("backByHours", "4").param("procedureImpact", "NONE_RUNNING"))
        .andExpect(content().string(allOf(containsString("Nothing is recorded yet"), containsString("pacs-gw-01: stays on the network"), not(containsString("pacs-gw-02: stays")))));
  }

  @Test
  void leadsFromAMergedCaseToTheOneItJoined() throws Exception {
    when(cases.find("c1")).thenReturn(Optional.of(about("Defender for Endpoint", "High", "c2")));
    mvc.perform(get("/cases/c1").with(signedIn("Soc.Analyst")))
        .andExpect(content().string(allOf(
            containsString("See the case it joined: what was done"), containsString("See the case it joined: what it waits for"), containsString("href=\"/cases/c2\""),
            not(containsString("on the network as far as Cordon knows")), not(containsString("nobody is needed")), not(containsString("??")))));
  }

  private MockHttpServletRequestBuilder confirming(String role) {
    return post("/approvals/a1/decision").with(signedIn(role)).with(csrf()).param("verdict", "APPROVE").param("requestRevision", "1").param("reasonCode", "NO_PATIENT_IMPACT");
  }

  private void asksAboutTwo(String decisionHash) {
    asks(Plan.ISOLATE, ApprovalState.PENDING);
    Instant at = decisionHash == null ? null : NOW.plusSeconds(3600);
    when(approvals.find("a1")).thenReturn(Optional.of(
        new ApprovalRequest("a1", "c1", "p1", "i1", ApprovalState.PENDING, 1, 1, "Clinical.Approver", "PACS", 2, NOW, NOW.plusSeconds(900), null, at, at, at,
            decisionHash == null ? null : ProcedureImpact.NONE_RUNNING, decisionHash)));
    when(plans.targets("p1")).thenReturn(List.of(new PlanTarget(0, "d1", null, "pacs-gw-01"), new PlanTarget(1, "d2", null, "pacs-gw-02")));
    when(decisions.refusalOf(any())).thenReturn(Optional.empty());
  }

  /** Opens a page and looks for these words. */
  private void page(String address, String... words) throws Exception {
    for (String word : words) {
      mvc.perform(get(address).with(signedIn("Clinical.Approver"))).andExpect(content().string(allOf(containsString(word), not(containsString("??")))));
    }
  }

  private void asks(String action, ApprovalState state) {
    when(plans.find("p1")).thenReturn(Optional.of(
        new Plan("p1", "c1", "00", action, "CLINICAL_APPROVAL", "CHANNEL", 15, 4, Plan.BY_HAND, "PACS", "d1", null, "pacs-gw-01", "CLINICAL", 1, "URGENT")));
    Instant from = state == ApprovalState.GRANTED ? NOW : null;
    when(approvals.find("a1")).thenReturn(Optional.of(
        new ApprovalRequest("a1", "c1", "p1", "i1", state, 1, 1, "Clinical.Approver", "PACS", 1, NOW, NOW.plusSeconds(900), null, from, from, from, null, null)));
  }

  private static PermitView permit(String action, String state) {
    return new PermitView("x1", "a1", "c1", "d1", "t", action, 1, state, null, 0, 0, NOW, NOW, NOW, NOW, 0);
  }

  private static CaseView about(String detector, String severity, String mergedInto) {
    return new CaseView("c1", mergedInto == null ? "OPEN" : "MERGED", severity, detector, "pacs-gw-01", "d1", null, "PACS", null, mergedInto, NOW, null);
  }
}
