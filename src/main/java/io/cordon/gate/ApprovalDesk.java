package io.cordon.gate;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.ids.Ids;
import io.cordon.platform.people.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Opens approval requests and ends those that nobody answered. Every call is in the caller's transaction. */
public class ApprovalDesk {
  static final int LAST_TIER = 2;

  private final ApprovalRequests requests;
  private final EvidenceLog evidence;
  private final Map<String, String> services;
  private final Clock clock;
  private final Ids ids;

  ApprovalDesk(ApprovalRequests requests, EvidenceLog evidence, Map<String, String> services, Clock clock) {
    this.services = services;
    this.requests = requests;
    this.evidence = evidence;
    this.clock = clock;
    this.ids = new Ids(clock);
  }

  /**
   * Asks the people of this tier about a plan. What was asked or granted in the case for another plan is void from then on,
   * unless its action is on its way or over.
   *
   * @param tier 1 for the clinical approvers of the service, 2 for the clinical executive
   */
  public ApprovalRequest ask(Plan plan, int tier, String processInstance) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    // where nobody is known to answer for the service, or the policy says so, the executive is asked at once
    boolean executive = tier >= LAST_TIER || "EXECUTIVE_AND_SECURITY".equals(plan.approvers()) || !services.containsKey(plan.clinicalService());
    Role role = executive ? Role.CLINICAL_EXECUTIVE : Role.CLINICAL_APPROVER;
    var request =
        new ApprovalRequest(
            ids.next("a"), plan.caseId(), plan.id(), processInstance, ApprovalState.PENDING, 1, executive ? LAST_TIER : tier, role.claim(),
            plan.clinicalService(), plan.quorum(), now, now.plus(Duration.ofMinutes(plan.answerMinutes())),
            null, null, null, null, null, null);
    endAll(
        plan.caseId(),
        found -> isOvertaken(found) && !found.planId().equals(plan.id()) && requests.concernTheSame(found.planId(), plan.id()),
        "PLAN_CHANGED");
    requests.insert(request);
    evidence.append(
        new EvidenceEvent(
            EvidenceType.APPROVAL_REQUESTED,
            plan.caseId(),
            null,
            Map.of("approval", request.id(), "planHash", plan.planHash(), "tier", request.tier(), "role", role.claim(), "quorum", plan.quorum()),
            List.of()));
    return request;
  }

  private boolean isOvertaken(ApprovalRequest found) {
    return found.state().isLive() || found.state() == ApprovalState.GRANTED && !requests.isActedOn(found.id());
  }

  /**
   * Ends what is asked in a case because it became graver than the question said, so that it can be asked anew; in the
   * caller's transaction. Nothing that is settled changes.
   */
  public void supersede(String caseId) {
    endAll(caseId, found -> found.state().isLive(), "CASE_GRAVER");
  }

  /**
   * Ends a question because its plan changes, so that it can be asked anew with the other plan; in the caller's
   * transaction. Returns whether it was still open; what is settled does not change.
   */
  public boolean planChanges(String approvalId) {
    return end(requests.lock(approvalId).orElseThrow(), found -> found.state().isLive(), "PLAN_CHANGED");
  }

  private void endAll(String caseId, Predicate<ApprovalRequest> which, String reason) {
    requests.ofCase(caseId).forEach(found -> end(requests.lock(found.id()).orElseThrow(), which, reason));
  }

  private boolean end(ApprovalRequest request, Predicate<ApprovalRequest> which, String reason) {
    if (!which.test(request)) {
      return false;
    }
    requests.end(request.id(), ApprovalState.VOIDED, clock.instant());
    evidence.append(
        EvidenceEvent.ofCase(EvidenceType.APPROVAL_VOIDED, request.caseId(), null, Map.of("approval", request.id(), "reason", reason)));
    return true;
  }

  /** Whether there are people who can still be asked after those of this request said no or nothing. */
  public static boolean hasNextTier(ApprovalRequest request) {
    return request.tier() < LAST_TIER;
  }

  /** Whether they are asked: of an emergency and of other protection only one tier is. */
  public static boolean asksOthersNext(ApprovalRequest request, Plan plan) {
    return hasNextTier(request) && !plan.isEmergency() && !Plan.COMPENSATE.equals(plan.action());
  }

  /**
   * Ends a request whose deadline has come; does nothing when it was settled meanwhile.
   *
   * @throws IllegalStateException when it is too early
   * @return whether the next people are to be asked
   */
  public boolean expire(String approvalId) {
    ApprovalRequest request = requests.lock(approvalId).orElseThrow();
    if (!request.state().isLive()) {
      return false;
    }
    if (clock.instant().isBefore(request.answerDeadline())) {
      throw new IllegalStateException("the deadline has not come; to be tried again");
    }
    requests.end(approvalId, ApprovalState.EXPIRED, clock.instant());
    evidence.append(
        new EvidenceEvent(
            EvidenceType.APPROVAL_EXPIRED, request.caseId(), null, Map.of("approval", approvalId, "tier", request.tier()), List.of()));
    if (isLastTier(request)) {
      return false;
    }
    evidence.append(
        EvidenceEvent.ofCase(
            EvidenceType.ESCALATED, request.caseId(), null, Map.of("approval", approvalId, "tier", request.tier() + 1, "reason", "NEXT_TIER")));
    return true;
  }

  /** Whether nobody is asked after these people. */
  public boolean isLastTier(ApprovalRequest request) {
    return !hasNextTier(request);
  }
}
