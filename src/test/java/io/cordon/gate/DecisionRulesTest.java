package io.cordon.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.gate.windows.TimeSpan;
import io.cordon.gate.windows.WindowLimits;
import io.cordon.platform.people.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionRulesTest {
  private static final Instant NOW = Instant.parse("2026-02-28T23:59:00Z");
  private static final String TENANT = "tenant";
  private static final String PACS_GROUP = "group-pacs";
  private static final Person APPROVER = person("approver", TENANT, "Clinical.Approver", PACS_GROUP);

  private ApprovalState state = ApprovalState.PENDING;
  private Person person = APPROVER;
  private Verdict verdict = Verdict.APPROVE;
  private int revision = 3;
  private int requestRevision = 3;
  private Instant deadline = NOW.plusSeconds(1);
  private Instant windowFrom = null;
  private Instant windowTo = NOW.plus(Duration.ofHours(1));
  private Instant backBy = NOW.plus(Duration.ofHours(4));
  private ProcedureImpact impact = ProcedureImpact.NONE_RUNNING;
  private String reason = "NO_PATIENT_IMPACT";
  private String approverRole = "Clinical.Approver";
  private Set<Requester> requesters = Set.of(new Requester(TENANT, "launcher"));
  private WindowLimits limits = WindowLimits.USUAL;
  private List<TimeSpan> blackouts = List.of();
  private Standing.Source vouching = Standing.Source.DIRECTORY;
  private int quorum = 1;
  private String decisionHash = null;
  private Set<String> machines = Set.of("m-1");
  private Set<String> leftOut = Set.of();

  @Test
  void allowsAnApproverOfTheServiceInTime() {
    assertAllowed();
  }

  @Test
  void refusesAnotherTenantEvenWithTheSameObjectId() {
    person = person("approver", "elsewhere", "Clinical.Approver", PACS_GROUP);
    assertRefused(Refusal.WRONG_TENANT);
  }

  @Test
  void refusesWhoeverAskedForTheAction() {
    requesters = Set.of(new Requester(TENANT, "launcher"), new Requester(TENANT, "approver"));
    assertRefused(Refusal.IS_A_REQUESTER);
  }

  @Test
  void takesAnotherTenantsRequesterOfTheSameObjectIdForSomebodyElse() {
    requesters = Set.of(new Requester("elsewhere", "approver"));
    assertAllowed();
  }

  @Test
  void refusesARequesterAlsoAsTheSecondOfTwo() {
    quorum = 2;
    decisionHash = "chosen";
    person = person("lead", TENANT, "Security.Lead", "group-none");
    assertAllowed();
    requesters = Set.of(new Requester(TENANT, "lead"));
    assertRefused(Refusal.IS_A_REQUESTER);
  }

  @Test
  void refusesSomebodyForWhomNobodyVouches() {
    vouching = Standing.Source.NOBODY;
    assertRefused(Refusal.DIRECTORY_AWAY);
    vouching = Standing.Source.TOKEN;
    assertAllowed();
  }

  @Test
  void refusesAClosedAccountAndAGuest() {
    vouching = Standing.Source.NO_ACCOUNT;
    assertRefused(Refusal.ACCOUNT_CLOSED);
    vouching = Standing.Source.GUEST;
    assertRefused(Refusal.GUEST_ACCOUNT);
  }

  @Test
  void refusesToLeaveOutAMachineThatWasNotAskedFor() {
    machines = Set.of("m-1", "m-2");
    leftOut = Set.of("m-3");
    assertRefused(Refusal.MACHINE_UNKNOWN);
  }

  @Test
  void refusesAYesThatLeavesNoMachine() {
    machines = Set.of("m-1", "m-2");
    leftOut = Set.of("m-2");
    assertAllowed();
    leftOut = machines;
    assertRefused(Refusal.NO_MACHINE_LEFT);
  }

  @Test
  void letsTheSecondOfTwoComeOnlyAfterTheWindowWasChosen() {
    quorum = 2;
    person = person("lead", TENANT, "Security.Lead", "group-none");
    assertRefused(Refusal.CLINICAL_ANSWERS_FIRST);
    person = APPROVER;
    decisionHash = "chosen";
    assertRefused(Refusal.ALREADY_APPROVED_BY_CLINICAL);
  }

  @Test
  void refusesSomebodyWithoutTheRole() {
    person = person("approver", TENANT, "Soc.Analyst", PACS_GROUP);
    assertRefused(Refusal.ROLE_MISSING);
  }

  @Test
  void refusesAnApproverOfAnotherService() {
    person = person("approver", TENANT, "Clinical.Approver", "group-ehr");
    assertRefused(Refusal.OTHER_CLINICAL_SERVICE);
  }

  @Test
  void letsAnExecutiveAnswerForEveryService() {
    approverRole = "Clinical.Executive";
    person = person("boss", TENANT, "Clinical.Executive", "group-ehr");
    assertAllowed();
  }

  @ParameterizedTest
  @EnumSource(value = ApprovalState.class, names = {"PENDING", "HELD"}, mode = EnumSource.Mode.EXCLUDE)
  void refusesASecondAnswerAfterTheEnd(ApprovalState ended) {
    state = ended;
    assertRefused(Refusal.ALREADY_DECIDED);
  }

  @Test
  void refusesAnAnswerToAnOlderRevision() {
    revision = 2;
    assertRefused(Refusal.STALE_REVISION);
  }

  @Test
  void refusesAtTheDeadlineItself() {
    deadline = NOW;
    assertRefused(Refusal.TOO_LATE);
  }

  @Test
  void refusesAnUnknownReason() {
    reason = "because";
    assertRefused(Refusal.REASON_MISSING);
  }

  @Test
  void refusesApprovalWithoutProcedureImpact() {
    impact = null;
    assertRefused(Refusal.PROCEDURE_IMPACT_MISSING);
  }

  @Test
  void takesARejectionWithoutWindowOrImpact() {
    verdict = Verdict.REJECT;
    impact = null;
    windowTo = null;
    backBy = null;
    assertAllowed();
  }

  @Test
  void refusesAWindowOneSecondTooShortAndTakesTheShortestOne() {
    windowTo = NOW.plus(limits.shortest()).minusSeconds(1);
    assertRefused(Refusal.WINDOW_TOO_SHORT);
    windowTo = windowTo.plusSeconds(1);
    assertAllowed();
  }

  @Test
  void asksForAsMuchTimeAsTheSiteNeeds() {
    limits = new WindowLimits(Duration.ofMinutes(10), Duration.ofMinutes(20));
    windowTo = NOW.plus(Duration.ofMinutes(30)).minusSeconds(1);
    assertRefused(Refusal.WINDOW_TOO_SHORT);
    assertThat(Refusal.WINDOW_TOO_SHORT.sentence(limits)).contains("at least 30 minutes");
    windowTo = windowTo.plusSeconds(1);
    assertAllowed();
  }

  @Test
  void takesNoGuardBelowTwoMinutes() {
    assertThatIllegalArgumentException().isThrownBy(() -> new WindowLimits(Duration.ofSeconds(119), Duration.ofMinutes(3)));
  }

  @Test
  void refusesToTakeAServiceAwayInABlackout() {
    windowFrom = NOW.plus(Duration.ofHours(2));
    windowTo = windowFrom.plus(Duration.ofHours(1));
    backBy = windowFrom.plus(Duration.ofHours(4));
    blackouts = List.of(new TimeSpan(backBy, backBy.plusSeconds(1)), new TimeSpan(NOW, windowFrom));
    assertAllowed();
    blackouts = List.of(new TimeSpan(backBy.minusSeconds(1), backBy.plusSeconds(60)));
    assertRefused(Refusal.IN_A_BLACKOUT);
    blackouts = List.of(new TimeSpan(NOW, windowFrom.plusSeconds(1)));
    assertRefused(Refusal.IN_A_BLACKOUT);
  }

  @Test
  void refusesABlackoutInTheWindowAfterTheServiceIsBack() {
    windowTo = NOW.plus(Duration.ofHours(8));
    backBy = NOW.plus(Duration.ofHours(1));
    blackouts = List.of(new TimeSpan(windowTo, windowTo.plusSeconds(60)));
    assertAllowed();
    blackouts = List.of(new TimeSpan(windowTo.minusSeconds(1), windowTo));
    assertRefused(Refusal.IN_A_BLACKOUT);
  }

  @Test
  void takesNoBlackoutForAReasonToRefuseANo() {
    verdict = Verdict.REJECT;
    blackouts = List.of(new TimeSpan(NOW, NOW.plus(Duration.ofDays(1))));
    assertAllowed();
  }

  @Test
  void refusesAWindowThatLiesInThePastOrTooFarAhead() {
    windowFrom = NOW.minus(limits.guard()).minusSeconds(1);
    assertRefused(Refusal.WINDOW_UNUSABLE);
    windowFrom = NOW.plus(MaintenanceWindows.FARTHEST_START).plusSeconds(1);
    windowTo = windowFrom.plus(Duration.ofHours(1));
    assertRefused(Refusal.WINDOW_UNUSABLE);
  }

  @Test
  void takesThreeHoldsAndNoMore() {
    verdict = Verdict.HOLD;
    requestRevision = revision = 3;
    assertAllowed();
    requestRevision = revision = 4;
    assertRefused(Refusal.HELD_TOO_OFTEN);
  }

  @Test
  void refusesAWindowWithoutEnd() {
    windowTo = null;
    assertRefused(Refusal.WINDOW_UNUSABLE);
  }

  @Test
  void refusesABackByBeforeTheWindowOpens() {
    backBy = NOW;
    assertRefused(Refusal.BACK_BY_MISSING);
  }

  @Test
  void refusesABackByBeforeAnythingCouldBeDone() {
    backBy = NOW.plus(limits.shortest()).minusSeconds(1);
    assertRefused(Refusal.BACK_BY_TOO_SOON);
    backBy = backBy.plusSeconds(1);
    assertAllowed();
  }

  @Test
  void refusesABackByThirtyDaysAndASecondAfterTheWindowOpens() {
    windowFrom = NOW.plus(Duration.ofDays(1));
    windowTo = windowFrom.plus(Duration.ofHours(1));
    backBy = windowFrom.plus(Duration.ofDays(30));
    assertAllowed();
    backBy = backBy.plusSeconds(1);
    assertRefused(Refusal.BACK_BY_TOO_FAR);
    backBy = Instant.MAX;
    assertRefused(Refusal.BACK_BY_TOO_FAR);
  }

  private void assertAllowed() {
    assertThat(DecisionRules.check(question())).isEmpty();
  }

  private void assertRefused(Refusal refusal) {
    assertThat(DecisionRules.check(question())).contains(refusal);
  }

  private DecisionRules.Question question() {
    var request =
        new ApprovalRequest(
            "a-1", "c-1", "p-1", "pi-1", state, requestRevision, 1, approverRole, "PACS", quorum, NOW.minusSeconds(60), deadline,
            null, null, decisionHash == null ? null : NOW.plus(Duration.ofHours(1)), null, null, decisionHash);
    var decision = new Decision("a-1", revision, verdict, windowFrom, windowTo, backBy, impact, reason, null, person, Seen.NOTHING, leftOut);
    return new DecisionRules.Question(
        request, decision, vouching, requesters, TENANT, PACS_GROUP, new DecisionRules.WindowRules(limits, blackouts), machines, NOW, false);
  }

  private static Person person(String oid, String tid, String role, String group) {
    return new Person(tid, oid, "Test", Set.of(role), Set.of(group));
  }
}
