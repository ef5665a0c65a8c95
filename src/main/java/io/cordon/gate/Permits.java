package io.cordon.gate;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceRef;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.windows.WindowLimits;
import io.cordon.platform.mode.OperatingMode;
import io.cordon.platform.time.ClockSkew;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Issues permits, lets exactly one sender through for each, and settles them. */
public class Permits {
  /** Well below the two read-backs after which a send may be done again. */
  static final Duration AT_ONCE = Duration.ofSeconds(30);

  private static final String SELECT =
      """
      select id, approval_id, case_id, mde_device_id, token, action, attempt, state, mde_action_id, read_backs, sends,
             not_after, intended_at, sent_at, settled_at, target_ordinal
        from execution_permit\s""";

  private final JdbcClient jdbc;
  private final Plans plans;
  private final EvidenceLog evidence;
  private final Clock clock;
  private final PermitIntents intents;
  private final TransactionTemplate transaction;
  private final SendGuard guard;
  private final Duration beforeClose;
  private final ClockSkew skew;

  Permits(
      JdbcClient jdbc,
      Plans plans,
      EvidenceLog evidence,
      Clock clock,
      TransactionTemplate transaction,
      WindowLimits limits,
      ClockSkew skew,
      OperatingMode mode) {
    this.skew = skew;
    this.beforeClose = limits.guard();
    this.guard = new SendGuard(jdbc, clock, beforeClose, mode);
    this.jdbc = jdbc;
    this.plans = plans;
    this.evidence = evidence;
    this.clock = clock;
    this.intents = new PermitIntents(jdbc, evidence, clock);
    this.transaction = transaction;
  }

  /** The permit with this id. */
  public Optional<PermitView> find(String id) {
    return jdbc.sql(SELECT + "where id = :id").param("id", id).query(PermitView.class).optional();
  }

  /** The permits of a case, oldest first. */
  public List<PermitView> ofCase(String caseId) {
    return jdbc.sql(SELECT + "where case_id = :case order by intended_at, id limit 200").param("case", caseId).query(PermitView.class).list();
  }

  /** Writes the intent for the first machine that the approval is for. */
  public PermitView intend(ApprovalRequest approval, Plan plan) {
    return intend(approval, plan, plans.approved(approval.id()).get(0).ordinal());
  }

  /**
   * Writes the intent to do to one machine what the plan says and its permit in one transaction with ACTION_INTENT. A second
   * call for the same approval and machine returns the first permit.
   *
   * @param ordinal the machine's place in the plan
   * @throws IllegalArgumentException when the approval is for another plan, or not for this machine
   */
  public PermitView intend(ApprovalRequest approval, Plan plan, int ordinal) {
    boolean stops = Plan.STOP_PROCESS.equals(plan.action());
    if (!stops && !Plan.ISOLATE.equals(plan.action())) {
      throw new IllegalArgumentException("the plan " + plan.id() + " is not to isolate anything");
    }
    Instant until = stops ? approval.tooLateAt().minus(Plan.SCRIPT_TAKES) : approval.tooLateAt();
    return find(intents.write(approval, approved(approval, plan, ordinal), plan.action(), EvidenceType.ACTION_INTENT, until)).orElseThrow();
  }

  /** Writes the intent to release what this permit isolated; a release needs no window and waits for no evidence. */
  public PermitView intendRelease(ApprovalRequest approval, Plan plan, PermitView isolation) {
    if (!Plan.ISOLATE.equals(plan.action())) {
      throw new IllegalArgumentException("nothing of the plan " + plan.id() + " can be released");
    }
    Instant never = Instant.parse("9999-01-01T00:00:00Z");
    return find(intents.write(approval, approved(approval, plan, isolation.targetOrdinal()), "UNISOLATE", EvidenceType.RELEASE_INTENT, never)).orElseThrow();
  }

  /** Whatever a model hands over: an approval is for one plan and no other, and for the machines it names (invariant I1). */
  private PlanTarget approved(ApprovalRequest approval, Plan plan, int ordinal) {
    if (!approval.planId().equals(plan.id())) {
      throw new IllegalArgumentException("the approval " + approval.id() + " is not for the plan " + plan.id());
    }
    return plans.approved(approval.id()).stream()
        .filter(target -> target.ordinal() == ordinal)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the approval " + approval.id() + " is not for machine " + ordinal + " of its plan"));
  }

  /** Whether the intent of this permit is covered by a signed checkpoint (invariant I4). */
  public boolean isProven(String permitId) {
    return evidence.isCheckpointed(intentStage(permitId));
  }

  private UUID intentStage(String permitId) {
    return jdbc.sql("select intent_stage from execution_permit where id = :id").param("id", permitId).query(UUID.class).single();
  }

  /**
   * Lets one sender through, if in this moment the approval is live, the window open with the guard to spare, the intent
   * in a signed checkpoint, no last question without an answer, nobody withdrew or asked about a changed plan, this node's
   * clock right and its mode the agreed one. Commits before it returns: a sender that dies afterwards leaves SENDING behind,
   * which is read back and never simply sent again.
   */
  public Optional<ExecutionPermit> beginSending(String permitId) {
    return transaction.execute(status -> isOnTime() && isProven(permitId) && guard.letsThrough(permitId) ? find(permitId).map(this::permit) : Optional.empty());
  }

  /** Whether this node's clock can be trusted; without that nothing is sent, and a window is no window. */
  public boolean isOnTime() {
    return skew.isSmall();
  }

  /** How long it may still be sent where it is too late then; zero or less: not any more. */
  public Duration timeLeftToSend(Instant tooLateAt) {
    return Duration.between(clock.instant(), tooLateAt.minus(beforeClose));
  }

  /** Lets one release through; it needs neither window nor evidence, only that nobody sent it before and that this node's mode is the agreed one. */
  public Optional<ExecutionPermit> beginRelease(String permitId) {
    return guard.letsReleaseThrough(permitId) ? find(permitId).map(this::permit) : Optional.empty();
  }

  private ExecutionPermit permit(PermitView row) {
    return new ExecutionPermit(row.id(), row.mdeDeviceId(), row.token(), row.notAfter(), clock.instant().plus(AT_ONCE));
  }

  /** Defender took the action, or it was found there under our token. */
  public void accepted(String permitId, String mdeActionId) {
    transaction.executeWithoutResult(
        status -> {
          int changed =
              jdbc.sql("update execution_permit set state = 'SENT', mde_action_id = :action where id = :id and state = 'SENDING'")
                  .param("action", mdeActionId)
                  .param("id", permitId)
                  .update();
          if (changed == 1) {
            prove(permitId, EvidenceType.ACTION_SENT, Map.of("mdeAction", mdeActionId));
          }
        });
  }

  /** Defender definitely did not take it (throttled, unreachable): the same intent may be sent again. */
  public void notTaken(String permitId) {
    jdbc.sql("update execution_permit set state = 'INTENDED', sends = sends - 1 where id = :id and state = 'SENDING'")
        .param("id", permitId)
        .update();
  }

  /** Proven not to have arrived: the same intent may be sent again, once more at most. Returns whether it may. */
  public boolean mayResend(String permitId) {
    return jdbc.sql("update execution_permit set state = 'INTENDED', read_backs = 0 where id = :id and state = 'SENDING' and sends < 2")
            .param("id", permitId)
            .update()
        == 1;
  }

  /**
   * Counts a read-back that found nothing; returns how many there were since the send. Two within this time count once: a
   * step that runs twice must not shorten the wait before a resend.
   */
  public int countReadBack(String permitId, Duration apart) {
    Instant now = clock.instant();
    jdbc.sql(
            """
            update execution_permit set read_backs = read_backs + 1, read_back_at = :now
             where id = :id and (read_back_at is null or read_back_at <= :before)""")
        .param("now", SqlTime.of(now))
        .param("before", SqlTime.of(now.minus(apart)))
        .param("id", permitId)
        .update();
    return jdbc.sql("select read_backs from execution_permit where id = :id").param("id", permitId).query(Integer.class).single();
  }

  /**
   * Writes the one final result of a permit; a settled permit stays as it is.
   *
   * @param state SUCCEEDED, FAILED, REFUSED, CANCELLED, NOT_SENT or UNRESOLVED
   */
  public void settle(String permitId, String state, EvidenceType type) {
    settle(permitId, state, type, Map.of(), List.of());
  }

  /** The same with more that the evidence says, and what it refers to. */
  public void settle(String permitId, String state, EvidenceType type, Map<String, Object> more, List<EvidenceRef> refs) {
    int changed =
        jdbc.sql("update execution_permit set state = :state, settled_at = :at where id = :id and settled_at is null")
            .param("state", state)
            .param("at", SqlTime.of(clock.instant()))
            .param("id", permitId)
            .update();
    if (changed == 1) {
      Map<String, Object> facts = new HashMap<>(more);
      facts.put("result", state);
      prove(permitId, type, facts, refs);
    }
  }

  private void prove(String permitId, EvidenceType type, Map<String, Object> facts) {
    prove(permitId, type, facts, List.of());
  }

  private void prove(String permitId, EvidenceType type, Map<String, Object> facts, List<EvidenceRef> refs) {
    Map<String, Object> all = new HashMap<>(facts);
    all.put("permit", permitId);
    evidence.append(new EvidenceEvent(type, find(permitId).orElseThrow().caseId(), null, all, refs));
  }
}
