package io.cordon.gate;

import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.people.Person;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The emergency: what was asked before makes way for a question to two leads. Declaring one grants nothing. How often that
 * happens is counted and shown, and never a reason to refuse. Every write is in the caller's transaction.
 */
public class BreakGlass {
  private static final Duration COUNTED = Duration.ofDays(30);

  private final ApprovalRequests requests;
  private final Permits permits;
  private final Reachability reach;
  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;

  BreakGlass(ApprovalRequests requests, Permits permits, Reachability reach, JdbcClient jdbc, EvidenceLog evidence, Clock clock) {
    this.requests = requests;
    this.permits = permits;
    this.reach = reach;
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * What is said when an emergency is declared.
   *
   * @param onCallSilent whether the clinical on-call cannot be reached, so that the executive is asked in their place
   */
  public record Declaration(String caseId, EmergencyReason reason, boolean onCallSilent) {}

  /** Whether an action of the case is on its way; it is followed to its end, or taken back, before there is another. */
  public boolean isActing(String caseId) {
    requests.ofCase(caseId).forEach(request -> requests.lock(request.id()));
    return permits.ofCase(caseId).stream().anyMatch(permit -> permit.settledAt() == null);
  }

  /** Records an emergency and takes everything back that was asked in the case and not carried out. */
  public void declare(Declaration said, Person person) {
    String onCall = onCall(said);
    for (ApprovalRequest found : requests.ofCase(said.caseId())) {
      if (requests.lock(found.id()).filter(this::stands).isPresent()) {
        requests.end(found.id(), ApprovalState.VOIDED, clock.instant());
        evidence.append(
            EvidenceEvent.ofCase(EvidenceType.APPROVAL_VOIDED, said.caseId(), null, Map.of("approval", found.id(), "reason", "EMERGENCY")));
      }
    }
    prove(said.caseId(), person, Map.of("step", "DECLARED", "reason", said.reason().name(), "onCall", onCall, "inThirtyDays", inThirtyDays() + 1));
  }

  private boolean stands(ApprovalRequest request) {
    boolean carriedOut = permits.ofCase(request.caseId()).stream().anyMatch(permit -> permit.approvalId().equals(request.id()));
    return request.state().isLive() || request.state() == ApprovalState.GRANTED && !carriedOut;
  }

  /** On what it rests that the executive stands in: the log's own record, or else the word of whoever declares. */
  private String onCall(Declaration said) {
    if (!said.onCallSilent()) {
      return "ASKED";
    }
    List<ApprovalRequest> asked = requests.ofCase(said.caseId());
    if (asked.stream().anyMatch(request -> request.state() == ApprovalState.EXPIRED)) {
      return "NOT_ANSWERED";
    }
    return asked.stream().anyMatch(request -> reach.nobodyReached(request.id())) ? "NO_CHANNEL_DELIVERS" : "STATED_UNREACHABLE";
  }

  /** Records that two leads agreed, which is when the glass is broken. */
  public void broken(ApprovalRequest request) {
    prove(request.caseId(), null, Map.of("step", "BROKEN", "approval", request.id(), "decisionHash", request.decisionHash()));
  }

  /** Emergencies of the last thirty days, this moment included. */
  public int inThirtyDays() {
    return jdbc.sql("select count(*) from plan where route = 'BREAK_GLASS' and made_at > :since")
        .param("since", SqlTime.of(clock.instant().minus(COUNTED)))
        .query(Integer.class)
        .single();
  }

  private void prove(String caseId, Person person, Map<String, Object> facts) {
    EvidenceActor actor = person == null ? null : new EvidenceActor(person.tid(), person.oid(), Actors.roleOf(person));
    evidence.append(new EvidenceEvent(EvidenceType.BREAK_GLASS, caseId, actor, facts, List.of()));
  }
}
