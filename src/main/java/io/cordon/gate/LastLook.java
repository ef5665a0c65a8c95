package io.cordon.gate;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.clearance.Clearance;
import io.cordon.gate.clearance.ClearanceCheck;
import io.cordon.gate.clearance.ClinicalClearance;
import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.gate.windows.TimeSpan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The look between an approval and its action. What is no worse than what the approver saw lets it go on; what is worse is
 * asked once, so that neither a broken feed nor whoever broke it has a veto. A blackout forbids.
 */
public class LastLook {
  /** What the look found; only AS_SEEN may act. */
  public enum Outcome {
    AS_SEEN,
    /** Something is worse: the approvers are asked. */
    ASK,
    /** Nothing may be done on this approval. */
    OVER
  }

  /** @param answerBy until when the answer counts; null unless the outcome is ASK */
  public record Finding(Outcome outcome, Instant answerBy) {
    static final Finding AS_SEEN = new Finding(Outcome.AS_SEEN, null);
    static final Finding OVER = new Finding(Outcome.OVER, null);
  }

  private static final String CALENDAR_UNREADABLE = "CALENDAR_UNREADABLE";

  private final ApprovalRequests requests;
  private final Plans plans;
  private final ApprovalBasis basis;
  private final LastQuestionBook questions;
  private final MaintenanceWindows windows;
  private final ClinicalClearance clearance;
  private final EvidenceLog evidence;
  private final Clock clock;
  private final Duration answerTime;
  private final TransactionTemplate transaction;

  LastLook(
      ApprovalRequests requests,
      Plans plans,
      ApprovalBasis basis,
      LastQuestionBook questions,
      MaintenanceWindows windows,
      ClinicalClearance clearance,
      EvidenceLog evidence,
      Clock clock,
      Duration answerTime,
      TransactionTemplate transaction) {
    this.requests = requests;
    this.plans = plans;
    this.basis = basis;
    this.questions = questions;
    this.windows = windows;
    this.clearance = clearance;
    this.evidence = evidence;
    this.clock = clock;
    this.answerTime = answerTime;
    this.transaction = transaction;
  }

  /** The question of this approval, if it came up. */
  public Optional<LastQuestion> question(String approvalId) {
    return questions.find(approvalId);
  }

  /** The question of this approval, if it still waits for an answer. */
  public Optional<LastQuestion> openQuestion(ApprovalRequest approval) {
    return approval.state() == ApprovalState.GRANTED
        ? questions.find(approval.id()).filter(question -> question.isOpen(clock.instant()))
        : Optional.empty();
  }

  /** Looks, and asks where it must; calls outside, so never in a transaction. */
  public Finding look(String approvalId) {
    ApprovalRequest approval = requests.find(approvalId).orElseThrow();
    if (approval.state() != ApprovalState.GRANTED) {
      return Finding.OVER;
    }
    // with no time left nobody needs to know: the send will refuse, and the log says so
    if (isEmergency(approval) || timeLeft(approval).compareTo(Duration.ZERO) <= 0) {
      return Finding.AS_SEEN;
    }
    Optional<Seen> seen = basis.of(approvalId);
    Optional<String> worse = worse(approval, seen);
    if (blackout(approval)) {
      return closed(approval, "BLACKOUT");
    }
    // what no person approved, no person can be asked about again
    return worse.map(reason -> seen.isPresent() ? ask(approvalId, reason) : closed(approval, reason)).orElse(Finding.AS_SEEN);
  }

  /** Whether it is still as it was seen; asks nobody, for those who waited and now look again. */
  public boolean isStillAsSeen(String approvalId) {
    ApprovalRequest approval = requests.find(approvalId).orElseThrow();
    if (approval.state() != ApprovalState.GRANTED) {
      return false;
    }
    if (isEmergency(approval)) {
      return true;
    }
    boolean worse = worse(approval, basis.of(approvalId)).isPresent();
    if (blackout(approval)) {
      closed(approval, "BLACKOUT");
      return false;
    }
    return !worse;
  }

  /** Only break-glass may act in a blackout, and on what nobody looked at. */
  private boolean isEmergency(ApprovalRequest approval) {
    return plans.find(approval.planId()).orElseThrow().isEmergency();
  }

  /** Until the guard before it is too late. */
  private Duration timeLeft(ApprovalRequest approval) {
    return Duration.between(clock.instant(), approval.tooLateAt().minus(windows.limits().guard()));
  }

  /**
   * What is worse than the approver saw; a rule saw nothing, and needs no more than that blackouts are known. Whoever started
   * the downtime procedure has already said that it may be worse, but not that there may be a blackout.
   */
  private Optional<String> worse(ApprovalRequest approval, Optional<Seen> seen) {
    MaintenanceWindows.Standing standing = windows.lookAgain(seen.map(Seen::offeredWindow).orElse(null));
    boolean worse = seen.isPresent() && isClearanceWorse(approval, seen.get());
    if (approval.procedureImpact() == ProcedureImpact.DOWNTIME_PROCEDURE_STARTED) {
      return windows.areUnknown() && !wentOnWithoutTheCalendar(approval.id()) ? Optional.of(CALENDAR_UNREADABLE) : Optional.empty();
    }
    if (worse) {
      return Optional.of("CLEARANCE_WORSE");
    }
    return switch (standing) {
      case OFFERED -> Optional.empty();
      case GONE -> Optional.of("WINDOW_GONE");
      case UNREADABLE -> Optional.of(CALENDAR_UNREADABLE);
    };
  }

  private boolean isClearanceWorse(ApprovalRequest approval, Seen seen) {
    ClearanceCheck now = clearance.checkBeforeActing(approval.planId());
    Clearance shown = Optional.ofNullable(seen.clearance()).flatMap(clearance::find).map(ClearanceCheck::result).orElse(Clearance.UNKNOWN);
    return now.result().isWorseThan(shown);
  }

  private boolean wentOnWithoutTheCalendar(String approvalId) {
    return questions.find(approvalId).filter(question -> question.answer() != null && CALENDAR_UNREADABLE.equals(question.reason())).isPresent();
  }

  private boolean blackout(ApprovalRequest approval) {
    return windows.blackout(approval.clinicalService(), away(approval)).isPresent();
  }

  private Finding closed(ApprovalRequest approval, String reason) {
    transaction.executeWithoutResult(status -> prove(EvidenceType.WINDOW_CLOSED, approval, Map.of("approval", approval.id(), "reason", reason)));
    return Finding.OVER;
  }

  /** Until the service is expected back, and never less than an action takes. */
  private TimeSpan away(ApprovalRequest approval) {
    Instant now = clock.instant();
    Instant soonest = now.plus(windows.limits().shortest());
    return new TimeSpan(now, approval.backBy().isAfter(soonest) ? approval.backBy() : soonest);
  }

  private Finding ask(String approvalId, String reason) {
    return transaction.execute(status -> {
      ApprovalRequest approval = requests.lock(approvalId).orElseThrow();
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      Optional<LastQuestion> before = questions.find(approvalId);
      if (before.isPresent() || approval.state() != ApprovalState.GRANTED) {
        return before.filter(question -> question.isOpen(now)).map(LastLook::asked).orElse(Finding.OVER);
      }
      // the engine's timer keeps no more than that
      Duration left = timeLeft(approval).truncatedTo(ChronoUnit.MILLIS);
      var question = new LastQuestion(approvalId, reason, now, now.plus(left.compareTo(answerTime) < 0 ? left : answerTime), null);
      questions.insert(question);
      prove(
          EvidenceType.APPROVAL_REQUESTED, approval,
          Map.of("approval", approvalId, "again", true, "reason", reason, "decisionHash", approval.decisionHash()));
      return asked(question);
    });
  }

  private static Finding asked(LastQuestion question) {
    return new Finding(Outcome.ASK, question.answerDeadline());
  }

  /**
   * Ends an approval about whose last question nobody said anything; in the caller's transaction.
   *
   * @throws IllegalStateException when it is too early
   * @return the state in which the approval is now
   */
  public ApprovalState expire(String approvalId) {
    ApprovalRequest approval = requests.lock(approvalId).orElseThrow();
    LastQuestion question = questions.find(approvalId).orElseThrow();
    if (approval.state() != ApprovalState.GRANTED || question.answer() != null) {
      return approval.state();
    }
    if (question.isOpen(clock.instant())) {
      throw new IllegalStateException("the deadline has not come; to be tried again");
    }
    requests.end(approvalId, ApprovalState.EXPIRED, clock.instant());
    prove(EvidenceType.APPROVAL_EXPIRED, approval, Map.of("approval", approvalId, "tier", approval.tier(), "again", true));
    return ApprovalState.EXPIRED;
  }

  private void prove(EvidenceType type, ApprovalRequest approval, Map<String, Object> facts) {
    evidence.append(EvidenceEvent.ofCase(type, approval.caseId(), null, facts));
  }
}
